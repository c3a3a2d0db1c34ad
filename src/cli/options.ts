/** One option of the command line; parsing, `--help` and suggestions are made from this table. */
export interface OptionRow {
  readonly name: string;
  readonly short?: string;
  /** The value's name in `--help`; an option without one is a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  /** The commands that take it; all when absent. */
  readonly of?: readonly Use[];
  readonly about: string;
}

/** What the program is run for: a comparison, or one of the commands. */
export type Use = CommandName | "comparison";

const judging = ["comparison", "explain"] as const;
const gates = ["comparison", "merge"] as const;

export const options = [
  {
    name: "format",
    short: "f",
    value: "NAME[=FILE]",
    repeatable: true,
    of: [...judging, "rules", "merge"],
    about: "$formats",
  },
  {
    name: "fail-on",
    value: "EFFECT,...",
    repeatable: true,
    of: gates,
    about: "exit 1 when a pool has one of these effects",
  },
  { name: "exit-code", of: gates, about: "exit 1 on any effect but none" },
  { name: "strict", of: gates, about: "exit 4 when something could not be judged" },
  {
    name: "config",
    short: "c",
    value: "FILE",
    of: [...judging, "rules", "merge"],
    about: "default: .will-it-roll.yaml, here or in a parent",
  },
  {
    name: "rules",
    value: "FILE",
    repeatable: true,
    of: [...judging, "rules"],
    about: "add rules, or change the effects of known ones",
  },
  {
    name: "target",
    value: "NAME=VERSION",
    repeatable: true,
    of: judging,
    about: "a version that runs there, like gardener=1.149",
  },
  { name: "shard", value: "2/8", of: ["comparison"], about: "judge the second of 8 parts of the clusters" },
  { name: "color", value: "WHEN", about: "auto, always or never; NO_COLOR, FORCE_COLOR too" },
  {
    name: "git-timeout",
    value: "SECONDS",
    of: judging,
    about: "stop git after this long without output (300)",
  },
  { name: "stats", of: ["comparison"], about: "print to stderr how much was read and judged" },
  { name: "from", value: "FILE", of: ["comment"], about: "the JSON report that `comment` posts" },
  { name: "comment-key", value: "KEY", of: ["comment"], about: "tells the comments of several runs apart" },
  { name: "help", short: "h", about: "print this help" },
  { name: "version", short: "V", about: "print the version" },
] as const satisfies readonly OptionRow[];

type Row = (typeof options)[number];
type ValueOf<R extends Row> = R extends { repeatable: true }
  ? string[]
  : R extends { value: string }
    ? string
    : boolean;

/** The values of the options that were given. */
export type OptionValues = { -readonly [R in Row as R["name"]]?: ValueOf<R> };

/** One command. A command line without any compares two sides. */
interface CommandRow {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  /** What its own help says besides its options. */
  readonly more: string;
}

export const commands = [
  {
    name: "explain",
    usage: "explain POOL [BASE [HEAD]]",
    about: "every input of a pool's hash, both sides",
    more: "POOL is POOL, CLUSTER/POOL or NAMESPACE/CLUSTER/POOL, changed or not. BASE and HEAD are as in a comparison.",
  },
  {
    name: "rules",
    usage: "rules list | show ID | check FILE",
    about: "what is known, why, and by which source",
    more: "list: every rule and what it does. show: one rule, its condition, and the upstream code that says so; ID may begin with its system. check: whether a file for --rules is valid; errors name file, line and key.",
  },
  {
    name: "schema",
    usage: "schema [report|configuration|rules]",
    about: "print a JSON Schema",
    more: "report: the output of --format json, the default. configuration: .will-it-roll.yaml. rules: files for --rules.",
  },
  {
    name: "merge",
    usage: "merge REPORT.json...",
    about: "join the JSON reports of all shards",
    more: "Joins what --shard 1/8 to --shard 8/8 wrote with --format json into the report of the whole run, and applies the gates. A part that is missing, given twice or of another run ends with code 3.",
  },
  {
    name: "comment",
    usage: "comment --from FILE",
    about: "post a report on the pull request",
    more: "Runs in a GitHub workflow on pull_request or workflow_run: GITHUB_TOKEN must be set to a token with pull-requests: write; the runner sets the rest.",
  },
] as const satisfies readonly CommandRow[];
export type CommandName = (typeof commands)[number]["name"];
