import { ActionError } from "./inputs.ts";

/** What the runner says about the run. */
export interface RunContext {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly workspace: string;
  readonly run: { readonly number: number; readonly attempt: number; readonly time: string };
  /** Tells the comments of several workflows and jobs apart. */
  readonly key: string;
  readonly temporary: string;
}

/** @throws {ActionError} outside of a runner */
export function readContext(environment: NodeJS.ProcessEnv, now: Date): RunContext {
  const [owner, repo] = (environment["GITHUB_REPOSITORY"] ?? "").split("/");
  if (owner === undefined || owner === "" || repo === undefined)
    throw new ActionError("GITHUB_REPOSITORY is not set: this runs in GitHub Actions alone, where the runner sets it");
  const serverUrl = environment["GITHUB_SERVER_URL"] ?? "https://github.com";
  return {
    owner,
    repo,
    apiUrl: environment["GITHUB_API_URL"] ?? "https://api.github.com",
    serverUrl,
    workspace: environment["GITHUB_WORKSPACE"] ?? process.cwd(),
    run: {
      number: Number(environment["GITHUB_RUN_NUMBER"] ?? 0),
      attempt: Number(environment["GITHUB_RUN_ATTEMPT"] ?? 1),
      time: now.toISOString(),
    },
    key: `${environment["GITHUB_WORKFLOW"] ?? ""}/${environment["GITHUB_JOB"] ?? ""}`,
    temporary: environment["RUNNER_TEMP"] ?? environment["GITHUB_WORKSPACE"] ?? process.cwd(),
  };
}
