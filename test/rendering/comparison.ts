import type { TestContext } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { usedKindsOf } from "../../src/rendering/neighbours/used-kinds.ts";
import { renderGit } from "../../src/rendering/render-git.ts";
import { asItIs, type RenderOptions } from "../../src/rendering/render-options.ts";
import { interestOf, kindGroupsOf } from "../../src/rules/interest.ts";
import { withGitChange } from "../../src/sources/git/sides.ts";
import { outlinesOf } from "../../src/systems/outlines.ts";
import { newRepository, type TestRepository } from "../sources/git/repository.ts";
import { installTools } from "./tools.ts";

export const searchPath = installTools();
/** For tests that need the real tools: runs them, or says loudly that it could not. */
export const withTools = searchPath === undefined ? { skip: "helm and kubectl could not be installed" } : {};

type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** What a pull request does that leads from `base` to the files of `change`. Null deletes a file. */
export async function reportOf(
  context: TestContext,
  base: Files,
  change: Files,
  options: Partial<RenderOptions> = {},
): Promise<Report> {
  const repository = newRepository(context);
  const from = repository.commit(base);
  const to = repository.commit(change);
  return await reportBetween(repository, from, to, options);
}

export async function reportBetween(
  repository: TestRepository,
  from: string,
  to: string | undefined,
  options: Partial<RenderOptions> = {},
): Promise<Report> {
  const systems = outlinesOf();
  const wanted = { groups: kindGroupsOf(systems) };
  const interest = interestOf(systems);
  const kinds = interest.rows.filter(({ role }) => role === "judged");
  const uses = usedKindsOf(systems);
  const given: RenderOptions = {
    mode: "auto",
    kinds,
    interest,
    uses,
    accepts: () => true,
    shown: asItIs,
    ...(searchPath === undefined ? {} : { searchPath }),
    ...options,
  };
  const { base, head, rendering } = await withGitChange(
    to === undefined ? [from] : [from, to],
    wanted,
    { cwd: repository.folder },
    async (change) => await renderGit(change, given),
  );
  return analyze(base, head, { rendering });
}

/** Application, pool and effect of every pool of a report. */
export const effectsOf = ({ pools }: Report): string[] =>
  pools.map(({ application, cluster, pool, effect }) => `${application ?? "-"} ${cluster}/${pool} ${effect}`);

export const codesOf = ({ diagnostics }: Report): string[] => diagnostics.map(({ code }) => code);
