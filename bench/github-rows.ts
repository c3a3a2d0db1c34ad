import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GitHubServer, payloadsOf } from "../test/github/server.ts";
import { repository } from "./git-rows.ts";
import { changedShoot, shoot } from "./manifests.ts";
import { output, shell } from "./measure.ts";
import type { Bench, Result, Row } from "./row.ts";

/** Changed files of the pull request. */
const files = 300;
/** What is promised: 4, 2 for each hundred files, and 2 for the comment. */
const promised = 4 + Math.ceil((2 * files) / 100) + 2;

/** The requests of a run that has no checkout, counted by GitHub's stand-in on this machine. */
async function requests(bench: Bench): Promise<Result> {
  const shoots = Array.from({ length: files }, (_, at) => shoot(at, bench.random));
  const { folder } = repository(bench, "requests", shoots, changedShoot);
  const revision = (name: string): string => output(shell(`git rev-parse ${name}`, folder)).stdout.trim();
  const payload = payloadsOf("pull_request").find(({ action }) => action === "synchronize");
  const event = join(bench.folder, "pull-request.json");
  writeFileSync(event, JSON.stringify(payload));
  const ends: (() => void)[] = [];
  const server = await new GitHubServer(folder).start({ after: (end: () => void) => void ends.push(end) });
  try {
    const [file, ...args] = bench.node(bench.action).argv;
    const child = spawn(file, args, {
      cwd: bench.folder,
      env: {
        PATH: process.env["PATH"],
        "INPUT_GITHUB-TOKEN": "token",
        GITHUB_EVENT_NAME: "pull_request",
        GITHUB_EVENT_PATH: event,
        GITHUB_API_URL: server.url,
        GITHUB_REPOSITORY: "example/fleet",
        GITHUB_SHA: revision("main"),
        GITHUB_WORKSPACE: bench.folder,
        RUNNER_TEMP: bench.folder,
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    await once(child, "close");
  } finally {
    for (const end of ends) end();
  }
  if (server.comments.length !== 1) throw new Error("the Action wrote no comment, so its requests say nothing");
  const count = server.requests.length;
  return { ratio: count / promised, note: `${count} requests for ${files} files, promised ${promised}` };
}

export const gitHubRows: readonly Row[] = [
  { work: "GitHub API requests, no checkout", against: "4 + 2N/100 + 2", budget: 1, measure: requests },
];
