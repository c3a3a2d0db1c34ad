import type { Rendering, Side } from "../comparison.ts";
import type { Diagnostic, PerSide, SideName, SourceFile } from "../manifests/manifest.ts";
import { sideNames } from "../manifests/side-names.ts";
import type { RenderedApplication } from "./application.ts";
import { prunersFor } from "./deployers/pruning.ts";
import { findingsIn } from "./findings.ts";
import { originIn } from "./origin.ts";
import type { ShownPath } from "./render-options.ts";
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
  shown: ShownPath,
  built: PerSide<ReadonlySet<string>>,
): Promise<RenderedSides> {
  const files = { base: [] as SourceFile[], head: [] as SourceFile[] };
  const judgedHere = { base: new Set<string>(), head: new Set<string>() };
  const undecided: Rendering["undecided"][number][] = [];
  const diagnostics: Diagnostic[] = [];
  for (const application of applications)
    for (const side of sideNames)
      for (const path of judgedThrough(application, side)) judgedHere[side].add(shown(side, path));
  // A file that a build names on this side was deployed through that build, also where the change does not reach the build.
  const isPlain = (side: SideName) => (path: string) =>
    !built[side].has(path) && !judgedHere[side].has(shown(side, path));
  for (const application of applications) {
    for (const side of sideNames)
      files[side].push(...(await plainBefore(trees, application, side, isPlain(side), shown)));
    const failed = sideNames.filter((side) => application.sides[side]?.ok === false);
    if (failed.length > 0) {
      const one = undecidedOf(application, failed);
      undecided.push(one);
      diagnostics.push({ severity: "error", code: one.code, message: one.because, file: one.file, incomplete: true });
      files.head.push(...(await namesOnly(trees, application, shown)));
      continue;
    }
    for (const side of sideNames) files[side].push(...renderedFile(application, side, shown));
    if (application.isSame !== true) diagnostics.push(...(application.remarks ?? []), ...findingsIn(application));
  }
  const keep = (side: SideName): Side => ({
    ...sides[side],
    files: unique([...sides[side].files.filter(({ path }) => !judgedHere[side].has(path)), ...files[side]]),
  });
  const head = keep("head");
  return {
    base: keep("base"),
    head: withDiagnostics(head, diagnostics),
    rendering: {
      renderers: tools.flatMap((tool) => (tool === undefined ? [] : [{ name: tool.name, version: tool.version }])),
      undecided,
      charts: applications.flatMap(({ name, tool }) => (tool === "helm" ? [name] : [])),
      pruners: await prunersFor(trees, applications),
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

function renderedFile(application: RenderedApplication, side: SideName, shown: ShownPath): SourceFile[] {
  const rendering = application.sides[side];
  if (rendering?.ok !== true) return [];
  const root = { file: shown(side, application.file), line: 1, column: 1 };
  const origin = originIn(rendering.sources, root, (path) => shown(side, path));
  // Both sides carry the same path, so that equal output is seen to be equal without reading it.
  return [{ path: pathOf(application), bytes: rendering.output, application: application.name, origin }];
}

const pathOf = ({ name, file }: RenderedApplication): string => (file.startsWith(name) ? file : `${file} (${name})`);

/**
 * The pools of an application that cannot be compared, to be reported as unknown: as rendered on the side that did render, else
 * from the manifests themselves.
 */
async function namesOnly(trees: TreeChange, application: RenderedApplication, shown: ShownPath): Promise<SourceFile[]> {
  const rendered = sideNames.toReversed().flatMap((side) => renderedFile(application, side, shown));
  if (rendered[0] !== undefined) return [rendered[0]];
  const side = application.sides.head === undefined ? "base" : "head";
  const paths = [...application.resources].filter((path) => trees[side].entries.has(path));
  const contents = await readFollowed(trees[side], paths);
  return [...contents].map(([path, bytes]) => ({ path: shown(side, path), bytes, application: application.name }));
}

function undecidedOf(application: RenderedApplication, failed: readonly SideName[]): Rendering["undecided"][number] {
  const reasons = failed.map((side) => {
    const rendering = application.sides[side];
    return { side, because: rendering?.ok === false ? rendering.because : "" };
  });
  const [first, second] = reasons;
  const both = first !== undefined && second !== undefined && first.because === second.because;
  const because = both
    ? `on both sides: ${first.because}`
    : reasons.map((one) => `on the ${one.side} side: ${one.because}`).join("; ");
  return {
    application: application.name,
    code: "not-rendered",
    because: `${application.tool} does not render ${application.name} ${because}`,
    file: application.file,
  };
}
