import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changedShoot, configMap, deployment, nodePool, shoot } from "./manifests.ts";
import { compare, output, shell } from "./measure.ts";
import { type Bench, type Result, type Row, timed } from "./row.ts";

interface Repository {
  readonly folder: string;
}

/**
 * A repository of two commits, of files under paths of their own or any; made in one stream: `git add` of 100,000 files would
 * take minutes.
 */
export function repository(
  bench: Bench,
  name: string,
  files: readonly (string | readonly [path: string, text: string])[],
  change: (text: string, at: number) => string,
) {
  const folder = join(bench.folder, name);
  mkdirSync(folder);
  const blob = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const commit = (mark: number, message: string): string =>
    `commit refs/heads/main\nmark :${mark}\ncommitter bench <bench@example.com> ${mark} +0000\n${blob(message)}`;
  const paths = (at: number): string => `d${at % 100}/e${Math.floor(at / 100) % 100}/f${at}.yaml`;
  const named = files.map((file, at): readonly [string, string] =>
    typeof file === "string" ? [paths(at), file] : file,
  );
  const first = named.map(([path, text]) => `M 100644 inline ${path}\n${blob(text)}`);
  const second = named.flatMap(([path, text], at) => {
    const changed = change(text, at);
    return changed === text ? [] : [`M 100644 inline ${path}\n${blob(changed)}`];
  });
  const input = [commit(1, "base"), ...first, commit(2, "head"), "from :1\n", ...second].join("");
  const git = (args: readonly string[], given?: string): void => {
    const { status, stderr } = spawnSync("git", [...args], {
      cwd: folder,
      encoding: "utf8",
      ...(given === undefined ? {} : { input: given }),
    });
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  };
  git(["init", "-q", "-b", "main"]);
  git(["fast-import", "--quiet"], input);
  git(["repack", "-adq"]);
  // As in a checkout.
  git(["read-tree", "main"]);
  return { folder } satisfies Repository;
}

const ours = (bench: Bench, { folder }: Repository, ...options: readonly string[]) => ({
  ...bench.node(bench.cli, ...options, "main^", "main"),
  cwd: folder,
});

function shoots(bench: Bench, count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    at % 5 === 0 ? shoot(at, bench.random) : deployment(at, bench.random),
  );
}

const firstOnly = (text: string, at: number): string => (at === 0 ? changedShoot(text, 0) : text);

/** Made once: several rows use it. */
const large = new WeakMap<Bench, Repository>();
function largeRepository(bench: Bench): Repository {
  let made = large.get(bench);
  if (made === undefined) large.set(bench, (made = repository(bench, "large", shoots(bench, 100_000), firstOnly)));
  return made;
}

function processes(bench: Bench): Result {
  const made = repository(bench, "processes", shoots(bench, 500), changedShoot);
  const { stderr } = output(ours(bench, made, "--stats"));
  const count = Number(/(\d+) git processes/.exec(stderr)?.[1] ?? Number.NaN);
  return { ratio: count, note: "500 files changed" };
}

function sharedObject(bench: Bench): Result {
  const files = Array.from({ length: 20_000 }, (_, at) => {
    if (at === 0) return configMap("shared", 250);
    return at % 5 === 0 ? nodePool(`pool-${at}`, "prod", at < 50 ? "shared" : undefined) : deployment(at, bench.random);
  });
  const made = repository(bench, "shared", files, (text, at) => (at === 0 ? configMap("shared", 300) : text));
  const search = shell(`git grep -lE 'HostedCluster|NodePool|Shoot|ConfigMap' main`, made.folder);
  return timed(compare(ours(bench, made), search, bench.runs));
}

/** So many applications, each a chart and a base with three overlays, and one deployment changed. */
function applications(bench: Bench, count: number): Repository {
  const files = Array.from({ length: count }, (_, at): [string, string][] => [
    [`apps/${at}/chart/Chart.yaml`, `apiVersion: v2\nname: chart-${at}\nversion: 0.1.0\n`],
    [`apps/${at}/chart/values.yaml`, "replicas: 2\n"],
    [`apps/${at}/chart/ci/test-values.yaml`, "replicas: 3\n"],
    [`apps/${at}/chart/templates/deployment.yaml`, deployment(at, bench.random)],
    [`apps/${at}/base/kustomization.yaml`, "resources: [deployment.yaml]\n"],
    [`apps/${at}/base/deployment.yaml`, deployment(at, bench.random)],
    ...["dev", "stage", "prod"].map((stage): [string, string] => [
      `apps/${at}/${stage}/kustomization.yaml`,
      "resources: [../base]\n",
    ]),
  ]).flat();
  return repository(bench, `applications-${count}`, files, (text, at) =>
    files[at]?.[0] === "apps/0/base/deployment.yaml" ? text.replace("replicas: ", "replicas: 1") : text,
  );
}

function nothingRelevant(bench: Bench): Result {
  const files = Array.from({ length: 100 }, (_, at) => deployment(at, bench.random));
  const made = repository(bench, "action", files, (text, at) =>
    at === 0 ? text.replace("replicas: ", "replicas: 1") : text,
  );
  const revision = (name: string): string => output(shell(`git rev-parse ${name}`, made.folder)).stdout.trim();
  const event = join(bench.folder, "event.json");
  writeFileSync(event, JSON.stringify({ before: revision("main^"), after: revision("main") }));
  const [outputs, summary] = [join(bench.folder, "outputs"), join(bench.folder, "summary.md")];
  // The runner makes these files before a step begins.
  for (const file of [outputs, summary]) writeFileSync(file, "");
  const env = {
    GITHUB_EVENT_NAME: "push",
    GITHUB_EVENT_PATH: event,
    GITHUB_WORKSPACE: made.folder,
    GITHUB_REPOSITORY: "example/fleet",
    GITHUB_SHA: revision("main"),
    RUNNER_TEMP: bench.folder,
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
  };
  const action = { ...bench.node(bench.action), cwd: made.folder, env };
  const { code, stdout } = output(action);
  if (code !== 0) throw new Error(`the Action failed, so its time says nothing: ${stdout}`);
  return timed(compare(action, bench.node("-e", "0"), bench.runs * 3));
}

export const gitRows: readonly Row[] = [
  { work: "the Action, nothing relevant changed", against: "node -e 0", budget: 2.2, measure: nothingRelevant },
  {
    work: "git, one of 100,000 files changed",
    against: "one of 10",
    budget: 1.15,
    measure(bench) {
      const small = repository(bench, "small", shoots(bench, 10), firstOnly);
      return timed(compare(ours(bench, largeRepository(bench)), ours(bench, small), bench.runs));
    },
  },
  {
    work: "git, 5,000 of 20,000 files changed",
    against: "git diff --raw | git cat-file --batch",
    budget: 5,
    measure(bench) {
      const made = repository(bench, "many", shoots(bench, 20_000), (text, at) =>
        at % 4 === 0 ? text.replace(/version: 1\.33\.\d|replicas: \d/, "$&1") : text,
      );
      const pipe = `git diff --raw --no-abbrev --no-renames main^ main | awk '{print $3; print $4}' | git cat-file --batch --buffer >/dev/null`;
      return timed(compare(ours(bench, made), shell(pipe, made.folder), bench.runs));
    },
  },
  { work: "git, a ConfigMap changed", against: "git grep -lE", budget: 1.5, measure: sharedObject },
  {
    work: "git, 1,000 charts, 4,000 kustomizations",
    against: "half of them",
    budget: 2.2,
    measure: (bench) =>
      timed(compare(ours(bench, applications(bench, 1000)), ours(bench, applications(bench, 500)), bench.runs)),
  },
  { work: "git processes of a run", against: "count", budget: 2, measure: processes },
];
