import { statSync } from "node:fs";
import type { Rendering, Side } from "../comparison.ts";
import type { Configuration } from "../configuration/schema.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import { mayBePart } from "../manifests/programs.ts";
import { interestOf } from "../rules/interest.ts";
import type { NamedPart } from "../rules/merge.ts";
import { isLink } from "../sources/git/raw-diff.ts";
import type { GitChange } from "../sources/git/sides.ts";
import type { GitHubChange } from "../sources/github.ts";
import { outlinesOf } from "../systems/outlines.ts";
import { isRoot, mayRender, movesManifests } from "./may-render.ts";
import { usedKindsOf } from "./neighbours/used-kinds.ts";
import { asItIs } from "./render-options.ts";

/** Both sides of a change as they were read. */
export interface Sides {
  readonly base: Side;
  readonly head: Side;
  /** How many git processes it took to read them, where that is known. */
  readonly processes?: number;
  /** How the files came about, when they were rendered. */
  readonly rendering?: Rendering;
}

interface RenderRequest {
  readonly render: Configuration["render"];
  readonly rules: readonly NamedPart[];
  readonly accepts: (path: string) => boolean;
}

/** The renderers are loaded only by runs that may need them. */
function optionsOf({ render, rules, accepts }: RenderRequest) {
  const tables = outlinesOf(rules);
  const interest = interestOf(tables);
  const kinds = interest.rows.filter(({ role }) => role === "judged");
  const { mode = "auto", ...rest } = typeof render === "string" ? { mode: render } : (render ?? {});
  return { ...rest, mode, kinds, interest, uses: usedKindsOf(tables), accepts, shown: asItIs };
}

const holdsRoot = ({ base, head }: Pick<Sides, "base" | "head">): boolean =>
  [base, head].some(({ files }) => files.some(({ path }) => isRoot(path)));

/** What Argo CD and Flux make of a folder, and ytt of a file, is looked for as well where no folder can be rendered. */
const holdsDeployer = ({ bytes }: SourceFile): boolean => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return ["argoproj.io", "toolkit.fluxcd.io", "#@"].some((word) => text.includes(word));
};

/** What two revisions render to: always, unless the configuration says `render: none`, or nothing in them can be rendered. */
export async function renderedFromGit(change: GitChange, request: RenderRequest): Promise<Sides> {
  const { base, head, pair } = change;
  if (!(pair === undefined && holdsRoot(change)) && !isAsked(change, request) && !(await mayRender(change)))
    return { base, head };
  const { renderGit } = await import("./render-git.ts");
  return await renderGit(change, optionsOf(request));
}

/** The same of two commits that were read from GitHub; where the run may not render, the report says what was not rendered. */
export async function renderedFromGitHub(
  change: GitHubChange,
  request: RenderRequest,
  mayRun: boolean,
): Promise<Sides> {
  const { base, head, pair } = change;
  const isThere =
    pair.listed === undefined ||
    [...pair.listed, ...pair.changes].some(({ path }) => isRoot(path)) ||
    pair.changes.some((one) => mayBePart(one.path) || isLink(one.base) || isLink(one.head)) ||
    movesManifests(pair.changes);
  if (!isAsked(change, request) && !isThere) return { base, head };
  const { renderGitHub } = await import("./render-github.ts");
  const options = optionsOf(request);
  return await renderGitHub(change, mayRun || options.mode === "none" ? options : { ...options, mode: "untrusted" });
}

/** Whether the configuration or what was read speaks of something to render. */
const isAsked = ({ base, head }: Pick<Sides, "base" | "head">, { render }: RenderRequest): boolean =>
  (typeof render === "object" && (render.roots ?? render.charts) !== undefined) ||
  [base, head].some(({ files }) => files.some(holdsDeployer));

/** What two directories render to, where the configuration asks for it: otherwise they are assumed to be rendered already. */
export async function renderedFromDirectories(
  sides: Sides,
  [base = "", head = ""]: readonly string[],
  request: RenderRequest,
): Promise<Sides> {
  const { render } = request;
  const isRefused = render === "none" || (typeof render === "object" && render.mode === "none");
  if (isRefused || (render === undefined && !holdsRoot(sides))) return sides;
  if (![base, head].every((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)) return sides;
  const { renderDirectories } = await import("./render-directories.ts");
  const options = optionsOf(request);
  const { rendering, ...rendered } = await renderDirectories(
    sides,
    { base, head },
    render === undefined ? { ...options, mode: "unasked" } : options,
  );
  return { ...sides, ...rendered, ...(render === undefined ? {} : { rendering }) };
}
