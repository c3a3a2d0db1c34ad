import type { Rendering, Side } from "../comparison.ts";
import { groupBy } from "../manifests/group-by.ts";
import type { Diagnostic, PerSide, SideName, SourceFile } from "../manifests/manifest.ts";
import { otherSide, sideNames } from "../manifests/side-names.ts";
import type { RenderedApplication } from "./application.ts";
import { mayShrink, prunersFor } from "./deployers/pruning.ts";
import { findingsIn } from "./findings.ts";
import { type MakerTexts, makerTexts } from "./maker-files.ts";
import { originIn } from "./origin.ts";
import type { RenderOptions, ShownPath } from "./render-options.ts";
import type { Tool } from "./tools/find-tools.ts";
import { readFollowed, type TreeChange } from "./trees/file-tree.ts";

/** Both sides with what was rendered in the place of what it was rendered from. */
export interface RenderedSides {
  readonly base: Side;
  readonly head: Side;
  readonly rendering: Rendering;
}

export const withDiagnostics = (side: Side, diagnostics: readonly Diagnostic[]): Side => ({
  ...side,
  diagnostics: [...(side.diagnostics ?? []), ...diagnostics],
});

/** Replaces the files of a build by what was rendered from them. */
export async function assemble(
  trees: TreeChange,
  sides: PerSide<Side>,
  applications: readonly RenderedApplication[],
  tools: readonly (Tool | undefined)[],
  { kinds, shown }: Pick<RenderOptions, "kinds" | "shown">,
  built: PerSide<ReadonlySet<string>>,
): Promise<RenderedSides> {
  const files = { base: [] as SourceFile[], head: [] as SourceFile[] };
  const judgedHere = { base: new Set<string>(), head: new Set<string>() };
  const undecided: Rendering["undecided"][number][] = [];
  const diagnostics: Diagnostic[] = [];
  const failures: Failure[] = [];
  for (const application of applications)
    for (const side of sideNames)
      for (const path of judgedThrough(application, side)) judgedHere[side].add(shown(side, path));
  // A file that a build names on this side was deployed through that build, also where the change does not reach the build.
  const isPlain = (side: SideName) => (path: string) =>
    !built[side].has(path) && !judgedHere[side].has(shown(side, path));
  const makers = await makerTexts(trees, applications, shown);
  for (const application of applications) {
    for (const side of sideNames)
      files[side].push(...(await plainBefore(trees, application, side, isPlain(side), shown)));
    const failed = sideNames.filter((side) => application.sides[side]?.ok === false);
    if (failed.length > 0) {
      const { name, tool, file } = application;
      const because = failureOf(application, failed);
      undecided.push({ application: name, code: "not-rendered", because: failureMessage([name], tool, because), file });
      failures.push({ application, because });
      files.head.push(...(await namesOnly(trees, application, shown, makers)));
      continue;
    }
    for (const side of sideNames) files[side].push(...renderedFile(application, side, shown, makers));
    if (application.isSame !== true) diagnostics.push(...(application.remarks ?? []), ...findingsIn(application));
  }
  const keep = (side: SideName): Side => ({
    ...sides[side],
    files: unique([...sides[side].files.filter(({ path }) => !judgedHere[side].has(path)), ...files[side]]),
  });
  const head = keep("head");
  return {
    base: keep("base"),
    head: withDiagnostics(head, [...toldOnce(failures), ...diagnostics]),
    rendering: {
      renderers: tools.flatMap((tool) => (tool === undefined ? [] : [{ name: tool.name, version: tool.version }])),
      undecided,
      charts: applications.flatMap(({ name, tool }) => (tool === "helm" ? [name] : [])),
      pruners: await prunersFor(
        trees,
        applications.filter((one) => mayShrink(one, kinds)).map(({ name }) => name),
      ),
    },
  };
}

/** A file that one side builds in and the other no longer does is judged through the build on both. */
const judgedThrough = ({ sides, sources }: RenderedApplication, side: SideName): readonly string[] =>
  sides.base !== undefined && sides.head !== undefined ? [...sources.base, ...sources.head] : [...sources[side]];

/** The manifests of an application on the side that does not have the application: there they count as they are. */
async function plainBefore(
  trees: TreeChange,
  application: RenderedApplication,
  side: SideName,
  isPlain: (path: string) => boolean,
  shown: ShownPath,
): Promise<SourceFile[]> {
  if (application.sides[side] !== undefined) return [];
  const contents = await readFollowed(trees[side], [...application.resources].filter(isPlain));
  return [...contents].map(([path, bytes]) => ({ path: shown(side, path), bytes }));
}

const unique = (files: readonly SourceFile[]): SourceFile[] => [
  ...new Map(files.map((file) => [`${file.application ?? ""}\n${file.path}`, file])).values(),
];

function renderedFile(
  application: RenderedApplication,
  side: SideName,
  shown: ShownPath,
  makers: MakerTexts,
): SourceFile[] {
  const rendering = application.sides[side];
  if (rendering?.ok !== true) return [];
  const root = { file: shown(side, application.file), line: 1, column: 1 };
  const other = application.sides[otherSide(side)];
  const both = { own: rendering.sources, other: other?.ok === true ? other.sources : new Map<string, Buffer>() };
  const origin = originIn(both, root, (path) => shown(side, path), makers(application, side));
  // Both sides carry the same path, so that equal output is seen to be equal without reading it.
  return [{ path: pathOf(application), bytes: rendering.output, application: application.name, origin }];
}

const pathOf = ({ name, file }: RenderedApplication): string => (file.startsWith(name) ? file : `${file} (${name})`);

/**
 * The pools of an application that cannot be compared, to be reported as unknown: as rendered on the side that did render, else
 * from the manifests themselves.
 */
async function namesOnly(
  trees: TreeChange,
  application: RenderedApplication,
  shown: ShownPath,
  makers: MakerTexts,
): Promise<SourceFile[]> {
  const rendered = sideNames.toReversed().flatMap((side) => renderedFile(application, side, shown, makers));
  if (rendered[0] !== undefined) return [rendered[0]];
  const side = application.sides.head === undefined ? "base" : "head";
  const paths = [...application.resources].filter((path) => trees[side].entries.has(path));
  const contents = await readFollowed(trees[side], paths);
  return [...contents].map(([path, bytes]) => ({ path: shown(side, path), bytes, application: application.name }));
}

/** An application that does not render. */
interface Failure {
  readonly application: RenderedApplication;
  readonly because: string;
}

/** One diagnostic for all that fail for one reason, as all overlays of a base do. */
const toldOnce = (failures: readonly Failure[]): Diagnostic[] =>
  Array.from(
    groupBy(failures, ({ application: { tool }, because }) => JSON.stringify([tool, because])).values(),
    (same): Diagnostic => {
      const [{ application, because }] = same;
      const names = same.map((one) => one.application.name);
      const message = failureMessage(names, application.tool, because);
      return { severity: "error", code: "not-rendered", message, file: application.file, incomplete: true };
    },
  );

/** How many applications are named at most. */
const mostNamed = 20;

function failureMessage(names: readonly string[], tool: string, because: string): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  return `${tool} does not render ${names.slice(0, mostNamed).join(", ")}${more} ${because}`;
}

function failureOf({ sides }: RenderedApplication, failed: readonly SideName[]): string {
  const reasons = failed.map((side) => {
    const rendering = sides[side];
    return { side, because: rendering?.ok === false ? rendering.because : "" };
  });
  const [first, second] = reasons;
  const both = first !== undefined && second !== undefined && first.because === second.because;
  return both
    ? `on both sides: ${first.because}`
    : reasons.map((one) => `on the ${one.side} side: ${one.because}`).join("; ");
}
