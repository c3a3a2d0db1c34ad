import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { builtBundles } from "../built-program.ts";
import { type GitHubServer, payloadsOf } from "../github/server.ts";
import { newRepository, type TestRepository } from "../sources/git/repository.ts";
import { temporaryFolder } from "../temporary-folder.ts";

interface Outcome {
  readonly status: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The file that `report-path` names. */
  readonly report: string;
  readonly gitProcesses: number;
}

export interface RunOptions {
  readonly event?: string;
  readonly payload?: object;
  readonly commit?: string;
  readonly workspace?: string;
  readonly run?: number;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the built Action once against the server, as the runner starts it. */
export async function runAction(context: TestContext, server: GitHubServer, options: RunOptions): Promise<Outcome> {
  const folder = temporaryFolder(context);
  const file = (name: string, content = ""): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const inputs = Object.entries({ "github-token": "ghs_secret", ...options.inputs });
  const child = spawn(process.execPath, [join(await builtBundles(), "action.js")], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      GITHUB_ACTIONS: "true",
      GITHUB_REPOSITORY: "octo/repo",
      GITHUB_API_URL: server.url,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_EVENT_NAME: options.event ?? "pull_request",
      GITHUB_EVENT_PATH: file("event.json", JSON.stringify(options.payload ?? {})),
      GITHUB_SHA: options.commit ?? "",
      GITHUB_RUN_ID: "77",
      GITHUB_RUN_NUMBER: String(options.run ?? 1),
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_WORKFLOW: "check",
      GITHUB_JOB: "roll",
      GITHUB_WORKSPACE: options.workspace ?? folder,
      GITHUB_OUTPUT: file("output"),
      GITHUB_STEP_SUMMARY: file("summary"),
      RUNNER_TEMP: folder,
      GIT_TRACE2_EVENT: join(folder, "trace"),
      ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
      ...options.environment,
    },
  });
  let log = "";
  child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString("utf8")));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const trace = readMaybe(join(folder, "trace"));
  const outputs = outputsIn(readMaybe(join(folder, "output")));
  return {
    status,
    log,
    outputs,
    summary: readMaybe(join(folder, "summary")),
    report: readMaybe(outputs["report-path"] ?? ""),
    gitProcesses: trace.split("\n").filter((line) => line.includes('"event":"start"')).length,
  };
}

function readMaybe(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function outputsIn(text: string): Record<string, string> {
  const ofOneLine = text.matchAll(/^([\w-]+)=(.*)$/gm);
  const between = text.matchAll(/^([\w-]+)<<(?<end>ghadelimiter_[\w-]+)\n(.*?)\n\k<end>$/gms);
  return Object.fromEntries([
    ...Array.from(ofOneLine, ([, name, value]) => [name!, value!]),
    ...Array.from(between, ([, name, , value]) => [name!, value!]),
  ]);
}

/** A pull request as GitHub has it: a base, a head, and the test merge of both that is checked out. */
export interface PullFixture {
  readonly repository: TestRepository;
  readonly merge: string;
  readonly head: string;
  readonly base: string;
  readonly payload: object;
}

type Files = Readonly<Record<string, string | null>>;

export function pullRequest(
  context: TestContext,
  base: Files,
  head: Files,
  more: { readonly action?: string; readonly labels?: readonly string[]; readonly label?: string } = {},
): PullFixture {
  const repository = newRepository(context);
  repository.commit(base, "base");
  return pushTo(repository, head, more);
}

/** Pushes a state of the head: the merge commit is made anew. */
export function pushTo(
  repository: TestRepository,
  head: Files,
  {
    action = "synchronize",
    labels = [],
    label,
  }: { readonly action?: string; readonly labels?: readonly string[]; readonly label?: string } = {},
): PullFixture {
  repository.git("checkout", "-q", "-B", "topic", "main");
  const headCommit = repository.commit(head, "head");
  const base = repository.git("rev-parse", "main");
  repository.git("checkout", "-q", "--detach", "main");
  repository.git("merge", "-q", "--no-ff", "-m", "merge", "topic");
  const merge = repository.git("rev-parse", "HEAD");
  repository.git("update-ref", "refs/pull/2/merge", merge);
  const example = payloadsOf("pull_request").find((one) => one["action"] === "synchronize") as {
    readonly pull_request: { readonly head: object; readonly base: object };
  };
  const payload = {
    ...example,
    action,
    sender: { login: "maintainer" },
    ...(label === undefined ? {} : { label: { name: label } }),
    pull_request: {
      ...example.pull_request,
      number: 2,
      labels: labels.map((name) => ({ name })),
      head: { ...example.pull_request.head, sha: headCommit },
      base: { ...example.pull_request.base, sha: base },
    },
  };
  return { repository, merge, head: headCommit, base, payload };
}
