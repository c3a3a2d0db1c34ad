import { readFileSync } from "node:fs";
import { messageOf } from "../validation/message-of.ts";
import { ActionError, type Inputs } from "./inputs.ts";

/** The pull request that a run belongs to. */
export interface PullRequest {
  readonly number: number;
  readonly head: string;
  readonly labels: readonly string[];
  /** The label that was just set, and by whom. */
  readonly labeled: { readonly name: string; readonly by: string } | undefined;
}

/** Which two trees are compared. */
export type Comparison =
  /** A merge commit and its first parent: an agreeing pair that shows what merging now changes. */
  | { readonly kind: "merge"; readonly commit: string }
  | { readonly kind: "pull-merge"; readonly number: number; readonly head: string; readonly base: string }
  | { readonly kind: "two"; readonly base: string; readonly head: string }
  /** From where the head left a branch of origin, or a commit. */
  | { readonly kind: "parted"; readonly base: string; readonly head: string };

export interface RunEvent {
  readonly comparison: Comparison;
  readonly pull: PullRequest | undefined;
  /** A pull request that was just opened: no run before this one can have commented on it. */
  readonly isFirst: boolean;
  /** In a merge queue the pull request has been commented on already, and may have been accepted. */
  readonly queued: number | undefined;
  /** Whether tools may work on the files that are compared. */
  readonly mayRun: boolean;
}

/**
 * Events of strangers whose runs have the token of the base, which may write: no tool works on files in them, whichever the
 * inputs name.
 */
const ofStrangers: ReadonlySet<string> = new Set(["pull_request_target", "workflow_run", "issue_comment"]);

/** What is read of an event; GitHub's payloads hold more. */
interface Payload {
  readonly action?: string;
  readonly pull_request?: {
    readonly number: number;
    readonly head: { readonly sha: string };
    readonly base: { readonly sha: string };
    /** Absent where another program than GitHub starts the run. */
    readonly labels?: readonly { readonly name: string }[] | null;
  };
  readonly label?: { readonly name: string };
  readonly sender?: { readonly login: string };
  readonly merge_group?: { readonly base_sha: string; readonly head_sha: string; readonly head_ref: string };
  readonly workflow_run?: {
    readonly head_sha: string;
    readonly head_branch: string;
    /** Absent when the fork has been deleted since. */
    readonly head_repository: { readonly owner: { readonly login: string } } | null;
  };
  readonly before?: string;
  readonly after?: string;
  readonly repository?: { readonly default_branch: string };
}

/**
 * Reads what the run is for.
 * @throws {ActionError} for an event that this cannot judge
 */
export function readEvent(environment: NodeJS.ProcessEnv, inputs: Inputs): RunEvent {
  const name = environment["GITHUB_EVENT_NAME"] ?? "";
  const payload = readEventFile(environment["GITHUB_EVENT_PATH"]);
  const pull = pullOf(payload);
  const queued = Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(payload.merge_group?.head_ref ?? "")?.[1] ?? 0) || undefined;
  const commit = environment["GITHUB_SHA"] ?? "";
  const isFirst = payload.action === "opened" && (environment["GITHUB_RUN_ATTEMPT"] ?? "1") === "1";
  const mayRun = !ofStrangers.has(name);
  return { comparison: comparisonOf(name, payload, commit, inputs), pull, isFirst, queued, mayRun };
}

/** @throws {ActionError} when the file cannot be read */
export function readEventFile(path: string | undefined): Payload {
  if (path === undefined || path === "") return {};
  try {
    const payload: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof payload !== "object" || payload === null) throw new Error("it is no JSON object");
    const { pull_request: pull, ...rest } = payload as Payload & { readonly pull_request?: UncheckedPull | null };
    assertWhole(pull);
    return pull === null || pull === undefined ? rest : { ...rest, pull_request: pull };
  } catch (error) {
    throw new ActionError(`cannot read the event at ${path}: ${messageOf(error)}`);
  }
}

/** A pull request as a program may write it that imitates GitHub. */
interface UncheckedPull {
  readonly number?: number;
  readonly head?: { readonly sha?: string } | null;
  readonly base?: { readonly sha?: string } | null;
}

/** What is compared, and where it is said, hangs on these. */
function assertWhole(pull: UncheckedPull | null | undefined): void {
  if (pull === undefined || pull === null) return;
  const missing = Object.entries({ number: pull.number, "head.sha": pull.head?.sha, "base.sha": pull.base?.sha })
    .filter(([, value]) => value === undefined || value === null)
    .map(([name]) => name);
  if (missing.length > 0) throw new Error(`its pull_request has no ${missing.join(", no ")}`);
}

function pullOf({ pull_request: pull, action, label, sender }: Payload): PullRequest | undefined {
  if (pull === undefined) return undefined;
  return {
    number: pull.number,
    head: pull.head.sha,
    labels: (pull.labels ?? []).map(({ name }) => name),
    labeled: action === "labeled" && label !== undefined ? { name: label.name, by: sender?.login ?? "" } : undefined,
  };
}

function comparisonOf(name: string, payload: Payload, commit: string, { base, head }: Inputs): Comparison {
  if (base !== undefined) return { kind: "two", base, head: head ?? commit };
  if (head !== undefined) throw new ActionError("input head needs input base too");
  const { pull_request: pull, merge_group: group } = payload;
  // Elsewhere than on GitHub the run may be of the head itself: its first parent is no base, but the commit before.
  if (name === "pull_request" && pull !== undefined)
    return commit === pull.head.sha ? { kind: "parted", base: pull.base.sha, head: commit } : { kind: "merge", commit };
  if (name === "pull_request_target" && pull !== undefined)
    return { kind: "pull-merge", number: pull.number, head: pull.head.sha, base: pull.base.sha };
  if (name === "merge_group" && group !== undefined) return { kind: "two", base: group.base_sha, head: group.head_sha };
  const branch = payload.repository?.default_branch;
  if (name === "push" && payload.before !== undefined && payload.after !== undefined) {
    if (/^0+$/.test(payload.after)) throw new ActionError("the push deleted a branch: there is nothing to compare");
    if (!/^0+$/.test(payload.before)) return { kind: "two", base: payload.before, head: payload.after };
    if (branch !== undefined) return { kind: "parted", base: branch, head: payload.after };
  }
  if (name === "workflow_dispatch" && branch !== undefined) return { kind: "parted", base: branch, head: commit };
  throw new ActionError(
    `the event ${JSON.stringify(name)} does not say what to compare. Set the inputs base and head, or run on pull_request, pull_request_target, merge_group or push`,
  );
}
