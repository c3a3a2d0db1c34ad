/** One option of the command line; parsing, `--help` and suggestions are made from this table. */
export interface OptionRow {
  readonly name: string;
  readonly short?: string;
  /** How the value is called in `--help`; without one the option is a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly about: string;
}

export const options = [
  { name: "format", short: "f", value: "NAME[=FILE]", repeatable: true, about: "$formats" },
  { name: "fail-on", value: "EFFECT,...", repeatable: true, about: "exit 1 when a pool has one of these effects" },
  { name: "exit-code", about: "exit 1 on any effect but none" },
  { name: "strict", about: "exit 4 when something could not be judged" },
  { name: "config", short: "c", value: "FILE", about: "instead of .will-it-roll.yaml, found upward" },
  { name: "rules", value: "FILE", repeatable: true, about: "more rules, or other effects for known ones" },
  { name: "target", value: "NAME=VERSION", repeatable: true, about: "what runs there: gardener=1.149, ..." },
  { name: "shard", value: "2/8", about: "judge the second of 8 parts of the clusters" },
  { name: "color", value: "WHEN", about: "auto, always or never; also NO_COLOR, FORCE_COLOR" },
  { name: "git-timeout", value: "SECONDS", about: "stop a git that says nothing for so long; else 300" },
  { name: "stats", about: "say on stderr how much was read and judged" },
  { name: "from", value: "FILE", about: "the JSON report that `comment` posts" },
  { name: "comment-key", value: "KEY", about: "tells the comments of several runs apart" },
  { name: "help", short: "h", about: "print this" },
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

/** One word that may stand first; without one the two sides are compared. */
interface CommandRow {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
}

export const commands = [
  { name: "explain", usage: "explain POOL [BASE [HEAD]]", about: "every input of a pool, both sides" },
  { name: "rules", usage: "rules list | show ID | check FILE", about: "what is known, why, and from where" },
  { name: "schema", usage: "schema [report|configuration|rules]", about: "print a JSON Schema" },
  { name: "merge", usage: "merge REPORT.json...", about: "join the JSON reports of all shards" },
  { name: "comment", usage: "comment --from FILE", about: "post a report on the pull request" },
] as const satisfies readonly CommandRow[];
export type CommandName = (typeof commands)[number]["name"];
