import { reasonOf } from "../github/failure.ts";
import { named, type RepositoryAccess } from "../github/repository.ts";
import { hasEffect } from "../report/affected.ts";
import { verdictFingerprint } from "../report/fingerprint.ts";
import type { Report } from "../report/report.ts";
import { InputError } from "../sources/input-error.ts";
import { version } from "../version.ts";
import { renderComment } from "../views/comment.ts";
import { readEventFile } from "./event.ts";
import { findComments, publish } from "./publish.ts";
import { readContext } from "./run-context.ts";

interface PostOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Tells the comments of several instances apart. */
  readonly key?: string;
}

/** The comment that was written, or that none was needed. */
type Posted = { readonly id: number; readonly state: string } | undefined;

/**
 * Posts a report that another, untrusted workflow made. The pull request comes from the event alone, never from the
 * report: a stranger's artifact cannot choose where the comment goes.
 * @throws {InputError} when there is no pull request, no token, or GitHub refuses
 */
export async function postReport(given: Report, { environment, key }: PostOptions): Promise<Posted> {
  // A label accepts the verdicts that the comment shows, and not others that the report may claim to be of.
  const report = { ...given, fingerprint: verdictFingerprint(given.pools) };
  const context = readContext(environment, new Date());
  const token = environment["GITHUB_TOKEN"] ?? environment["GH_TOKEN"] ?? "";
  if (token === "") throw new InputError("no-token", "set GITHUB_TOKEN to a token with pull-requests: write");
  const { newClient } = await import("../github/client.ts");
  const access: RepositoryAccess = {
    client: newClient({ token, apiUrl: context.apiUrl, version }),
    owner: context.owner,
    repo: context.repo,
  };
  const { number, head } = await pullOf(access, environment);
  const name = key ?? context.key;
  const known = await findComments(access, number, name);
  if ("refused" in known) throw refused(known.refused);
  const commits = {
    base: report.base.revision ?? undefined,
    head,
    repository: `${context.serverUrl}/${context.owner}/${context.repo}`,
  };
  const written = await publish(access, number, name, known, {
    render: (budget) => renderComment(report, { key: name, budget, commits, run: context.run }),
    isNews: hasEffect(report),
    accepted: undefined,
  });
  if (written?.state === "refused") throw refused(written.because);
  return written;
}

/** Whether GitHub refused for lack of a permission, going by the text of `reasonOf`. */
const isForbidden = (because: string): boolean => /^40[134]:/.test(because);

const refused = (because: string): InputError =>
  new InputError(
    "comment-refused",
    `the comment was not written (${because}). ${
      isForbidden(because) ? "The token needs pull-requests: write" : "Run it again"
    }`,
  );

/**
 * The pull request of a `pull_request` event, or that of the branch for which a `workflow_run` ran. GitHub knows no pull request
 * of a commit that is only in a fork, and names none of a fork in the event: the branch alone leads there.
 */
async function pullOf(
  access: RepositoryAccess,
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly number: number; readonly head: string }> {
  const { pull_request: pull, workflow_run: run } = readEventFile(environment["GITHUB_EVENT_PATH"]);
  if (pull !== undefined) return { number: pull.number, head: pull.head.sha };
  if (run === undefined)
    throw new InputError("no-pull-request", "the event has no pull request. Run this on pull_request or workflow_run");
  const owner = run.head_repository?.owner.login;
  try {
    const { data } = await access.client.request("GET /repos/{owner}/{repo}/pulls", {
      ...named(access),
      state: "open",
      ...(owner === undefined ? {} : { head: `${owner}:${run.head_branch}` }),
      per_page: 100,
    });
    const found = data.find(({ head }) => head.sha === run.head_sha);
    if (found !== undefined) return { number: found.number, head: run.head_sha };
  } catch (error) {
    throw refused(reasonOf(error));
  }
  throw new InputError(
    "no-pull-request",
    `no open pull request has ${run.head_sha} as its head: a newer push has its own run`,
  );
}
