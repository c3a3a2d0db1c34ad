import { isFailedRequest, reasonOf, statusOf } from "../github/failure.ts";
import { named, type RepositoryAccess } from "../github/repository.ts";
import type { Sides } from "../rendering/rendered-sides.ts";
import type { Wish } from "../sources/change.ts";
import { type GitChange, withGitChange } from "../sources/git/sides.ts";
import type { CommitSide, GitHubChange } from "../sources/github.ts";
import { InputError } from "../sources/input-error.ts";
import type { Comparison } from "./event.ts";
import type { JudgingChange, NextConfiguration } from "./next-configuration.ts";

/** Both sides of what the run is for. */
export interface ChangeRead extends Sides {
  readonly changed: readonly string[];
  /** What it does to the files that judge it. */
  readonly next: NextConfiguration;
  /** Remarks for readers of the verdict about how it was read. */
  readonly notes: readonly string[];
  /** Remarks only for those who set up the job. */
  readonly asides: readonly string[];
}

interface ReadOptions {
  readonly workspace: string;
  /** How long git may run without output. */
  readonly silenceMs: number | undefined;
  /** Renders what is in the checkout. */
  readonly render: (change: GitChange) => Promise<Sides>;
  /** Renders what comes from GitHub, where the run may run tools on it. */
  readonly renderRemote: (change: GitHubChange) => Promise<Sides>;
  /** Looks at the files that judge what comes after the change. */
  readonly look: (change: JudgingChange) => Promise<NextConfiguration>;
  /** Whether tools may work on the files of this run. */
  readonly mayRun: boolean;
  /** Connects to GitHub, for what the checkout lacks. Absent without a token. */
  readonly access: (() => Promise<RepositoryAccess>) | undefined;
}

/** A checkout that lacks what is to be compared; GitHub has it. */
const lacking: ReadonlySet<string> = new Set([
  "not-a-repository",
  "git-missing",
  "shallow-clone",
  "unknown-revision",
  "partial-clone",
]);

/**
 * Reads the change from the checkout, or from GitHub where there is none or it lacks commits: never half of each.
 * @throws {InputError}
 */
export async function readChange(comparison: Comparison, wish: Wish, options: ReadOptions): Promise<ChangeRead> {
  // The checkout is that of the base; the head of a stranger is never brought into it.
  const operands = options.mayRun ? operandsOf(comparison) : undefined;
  let asides: readonly string[] = [];
  if (operands !== undefined) {
    try {
      const { workspace: cwd, silenceMs } = options;
      return await withGitChange(operands, wish, { cwd, silenceMs, isTrusted: true }, async (change) => ({
        ...(await options.render(change)),
        changed: change.changed,
        next: await options.look(change),
        notes: [],
        asides: [],
      }));
    } catch (error) {
      if (!(error instanceof InputError) || !lacking.has(error.code)) throw error;
      if (options.access === undefined) throw withoutToken(comparison, error);
      if (error.code !== "not-a-repository")
        asides = [`The files were read from GitHub: ${reasonFor(comparison, error)}`];
    }
  }
  if (options.access === undefined) throw new InputError("no-token", `without a checkout ${tokenNeeded}`);
  return { ...(await readRemote(comparison, wish, await options.access(), options)), asides };
}

const tokenNeeded = "the input github-token is needed: ${{ github.token }}";

/** What the checkout lacks, in the words of who wrote the workflow. */
function reasonFor(comparison: Comparison, error: InputError): string {
  if (error.code !== "shallow-clone" && error.code !== "unknown-revision") return error.message;
  return comparison.kind === "merge"
    ? `the checkout does not have ${comparison.commit} with its parents. It does with actions/checkout, fetch-depth: 2 and no ref`
    : "the checkout does not have both commits to compare. It does with actions/checkout and fetch-depth: 0";
}

/** The files cannot be read from GitHub either. */
function withoutToken(comparison: Comparison, error: InputError): InputError {
  const reason = error.code === "not-a-repository" ? "there is no checkout" : reasonFor(comparison, error);
  return new InputError("no-token", `${reason}; to read the files from GitHub, ${tokenNeeded}`);
}

const isId = (name: string): boolean => /^[0-9a-f]{40,64}$/.test(name);

function operandsOf(comparison: Comparison): readonly string[] | undefined {
  switch (comparison.kind) {
    case "merge":
      return [`${comparison.commit}^1`, comparison.commit];
    case "two":
      return [comparison.base, comparison.head];
    case "parted":
      return [`${isId(comparison.base) ? "" : "origin/"}${comparison.base}...${comparison.head}`];
    case "pull-merge":
      return undefined;
    default:
      return comparison satisfies never;
  }
}

async function readRemote(
  comparison: Comparison,
  wish: Wish,
  access: RepositoryAccess,
  { renderRemote, look }: ReadOptions,
): Promise<Omit<ChangeRead, "asides">> {
  const { readGitHub } = await import("../sources/github.ts");
  try {
    const { base, head, note } = await commitsOf(comparison, access);
    const read = await readGitHub(access, { base, head }, wish);
    const sides = await renderRemote(read);
    return { ...sides, changed: read.changed, next: await look(read), notes: note === undefined ? [] : [note] };
  } catch (error) {
    const status = statusOf(error);
    if (!isFailedRequest(error)) throw error;
    throw new InputError(
      "github-unreachable",
      `the files could not be read from GitHub (${reasonOf(error)}). ${
        status === 401 || status === 403 || status === 404
          ? `${status === 404 ? spellingOf(comparison) : ""}Give the job the permission contents: read, or check`
          : "Run the job again, or check"
      } the repository out first with fetch-depth: ${comparison.kind === "merge" ? 2 : 0}`,
    );
  }
}

/** What somebody wrote into `base` and `head` is more often wrong than what an event says. */
function spellingOf(comparison: Comparison): string {
  const names = comparison.kind === "two" ? [comparison.base, comparison.head] : [];
  const written = names.filter((name) => !isId(name));
  return written.length === 0 ? "" : `Check the spelling of ${written.join(" and ")}. `;
}

interface Commits {
  readonly base: CommitSide;
  readonly head: CommitSide;
  readonly note?: string;
}

const side = (label: string, commit: string): CommitSide => ({ label, commit });

async function commitsOf(comparison: Comparison, access: RepositoryAccess): Promise<Commits> {
  switch (comparison.kind) {
    case "merge":
      return await mergeCommit(comparison.commit, access);
    case "pull-merge":
      return await pullCommits(comparison, access);
    case "two": {
      const [base, head] = await Promise.all([resolve(comparison.base, access), resolve(comparison.head, access)]);
      return { base: side(comparison.base, base), head: side(comparison.head, head) };
    }
    case "parted":
      return await parted(comparison.base, comparison.head, access);
    default:
      return comparison satisfies never;
  }
}

async function mergeCommit(commit: string, access: RepositoryAccess): Promise<Commits> {
  const { data } = await access.client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
    ...named(access),
    commit_sha: commit,
  });
  const parent = data.parents[0]?.sha;
  if (parent === undefined)
    throw new InputError("no-parent", `${commit} has no parent to compare with. Give the inputs base and head`);
  return { base: side("base", parent), head: side("merge", commit) };
}

/** GitHub's test merge when it is of this head; else, as for conflicts, from where the two parted. */
async function pullCommits(
  { number, head, base }: Extract<Comparison, { kind: "pull-merge" }>,
  access: RepositoryAccess,
): Promise<Commits> {
  try {
    const { data } = await access.client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      ...named(access),
      ref: `pull/${number}/merge`,
    });
    const merge = await access.client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
      ...named(access),
      commit_sha: data.object.sha,
    });
    const [first, second] = merge.data.parents;
    if (first !== undefined && second?.sha === head)
      return { base: side("base", first.sha), head: side("merge", data.object.sha) };
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
  const found = await parted(base, head, access);
  return {
    ...found,
    note: "GitHub has no test merge of this head, as where there are conflicts, so it was compared with where it left its base.",
  };
}

async function parted(base: string, head: string, access: RepositoryAccess): Promise<Commits> {
  const { data } = await access.client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
    ...named(access),
    basehead: `${base}...${head}`,
    per_page: 1,
  });
  return {
    base: side(`merge base with ${base}`, data.merge_base_commit.sha),
    head: side("head", await resolve(head, access)),
  };
}

async function resolve(revision: string, access: RepositoryAccess): Promise<string> {
  if (isId(revision)) return revision;
  const { data } = await access.client.request("GET /repos/{owner}/{repo}/commits/{ref}", {
    ...named(access),
    ref: revision,
    per_page: 1,
  });
  return data.sha;
}
