import { statSync } from "node:fs";
import type { Configuration } from "../configuration/schema.ts";
import { interestOf } from "../rules/interest.ts";
import type { NamedPart } from "../rules/merge.ts";
import { outlinesOf } from "../systems/outlines.ts";
import type { Sides } from "./sides.ts";

export interface RenderRequest {
  readonly render: Configuration["render"];
  readonly rules: readonly NamedPart[];
  readonly accepts: (path: string) => boolean;
  /** A folder of the repository; the current one when absent. */
  readonly cwd?: string;
}

/** The renderers are loaded only by runs that may need them. */
function optionsOf({ render, rules, accepts }: RenderRequest) {
  const kinds = interestOf(outlinesOf(rules)).rows.flatMap(({ role, kind }) => (role === "judged" ? [kind] : []));
  const { mode = "auto", ...rest } = typeof render === "string" ? { mode: render } : (render ?? {});
  return { ...rest, mode, kinds, accepts };
}

/** What two revisions render to: always, unless the configuration says `render: none`. */
export async function renderedFromGit(
  sides: Sides,
  operands: readonly string[],
  request: RenderRequest,
): Promise<Sides> {
  const [{ renderGit }, { parseOperand }] = await Promise.all([
    import("../rendering/render-git.ts"),
    import("../sources/git-revision.ts"),
  ]);
  const paths = new Set(operands.map((operand) => parseOperand(operand).path).filter((path) => path !== undefined));
  // Two folders of two revisions are two trees, as two directories are: those are given rendered.
  if (paths.size > 1) return sides;
  const rendered = await renderGit(
    sides,
    { cwd: request.cwd ?? process.cwd(), path: [...paths][0] },
    optionsOf(request),
  );
  return { ...sides, ...rendered };
}

/** What two directories render to, where the configuration asks for it: they are taken to be rendered already. */
export async function renderedFromDirectories(
  sides: Sides,
  [base = "", head = ""]: readonly string[],
  request: RenderRequest,
): Promise<Sides> {
  const { render } = request;
  const isAsked = render === "auto" || (typeof render === "object" && render.mode !== "none");
  if (!isAsked || ![base, head].every((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true))
    return sides;
  const { renderDirectories } = await import("../rendering/render-directories.ts");
  return { ...sides, ...(await renderDirectories(sides, { base, head }, optionsOf(request))) };
}
