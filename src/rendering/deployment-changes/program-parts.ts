import { unrendered } from "../../manifests/deployers.ts";
import type { Diagnostic } from "../../manifests/manifest.ts";
import { holdsVariables, languageOf, lineOfJudged, mayBePart, setsVariables } from "../../manifests/programs.ts";
import { quote } from "../../manifests/quote.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { mostFiles } from "../deployers/bounds.ts";
import { objectOf } from "../kustomize/kustomization.ts";
import { isRelevant, type JudgedKind } from "../relevant.ts";
import type { RenderOptions } from "../render-options.ts";
import { folderOf, isBelow, isYaml, readFollowed, readMatching, type TreeChange, within } from "../trees/file-tree.ts";

/** Files of a folder are one program in these, whether or not they name each other. */
const packages: ReadonlySet<string> = new Set(["CUE", "KCL", "OpenTofu", "Terraform"]);

/**
 * Says of changed parts of programs, which name nothing that is judged themselves, that programs which do are made with them:
 * modules, libraries, variables and their values.
 */
export async function changedProgramParts(
  trees: TreeChange,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const say = (path: string, maker: string): Diagnostic => ({
    severity: "warning",
    code: unrendered,
    message: `this file changed, and ${quote(maker)} makes manifests with it that are not among the files: render both sides and pass the two directories`,
    file: shown(trees.head.entries.has(path) ? "head" : "base", path),
    incomplete: true,
    hidesPools: true,
  });
  const byYtt = (await changedByYtt(trees, kinds)).filter(([path]) => accepts(path));
  const changed = [...trees.changed].filter((path) => mayBePart(path) && accepts(path));
  return [
    ...byYtt.map(([path, maker]) => say(path, maker)),
    ...(changed.length === 0 ? [] : (await madeWith(trees, changed, kinds)).map(([path, maker]) => say(path, maker))),
  ];
}

type Pair = readonly [part: string, maker: string];

/** The changed parts, and a program for each that names what is judged and is made with it. */
async function madeWith(trees: TreeChange, changed: readonly string[], kinds: readonly JudgedKind[]): Promise<Pair[]> {
  const all = new Set(sideNames.flatMap((side) => [...trees[side].entries.keys()].filter(mayBePart)));
  if (all.size > mostFiles) return [];
  const programs = await programsOf(trees, [...all]);
  const makers = [...programs.values()].filter(({ texts }) =>
    texts.some((text) => lineOfJudged(text, kinds) !== undefined),
  );
  if (makers.length === 0) return [];
  const isMaker = new Set(makers.map(({ path }) => path));
  return changed.flatMap((path) => {
    const part = programs.get(path);
    // Of what names them itself it is said where it is read.
    if (part === undefined || isMaker.has(path)) return [];
    const together = usedBy(programs, [...usersOf(programs, part)]);
    const maker = makers.find((one) => together.has(one.path));
    return maker === undefined ? [] : [[path, maker.path] as const];
  });
}

/** What ytt fills in stands in comments. */
const ytt = /^[ \t]*#@|[ \t]#@ /m;

/** Changed files of ytt, and one that names what is judged, in a folder that is given to it together with theirs. */
async function changedByYtt(trees: TreeChange, kinds: readonly JudgedKind[]): Promise<Pair[]> {
  const paths = [...trees.changed].filter(isYaml);
  const changed = new Set<string>();
  for (const side of sideNames)
    for (const path of (await readMatching(trees[side], paths, ytt)).keys()) changed.add(path);
  if (changed.size === 0) return [];
  const folders = [...changed].map(folderOf);
  const isNear = (folder: string): boolean =>
    folders.some((one) => one === folder || isBelow(one, folder) || isBelow(folder, one));
  const near = [...trees.head.entries.keys()].filter((path) => isYaml(path) && isNear(folderOf(path)));
  const makers = [...(await readMatching(trees.head, near, ytt))].flatMap(([path, bytes]) =>
    isRelevant(bytes, kinds) ? [path] : [],
  );
  return [...changed].flatMap((path) => {
    const folder = folderOf(path);
    const maker = makers.find((one) => one === path || isBelow(one, folder) || isBelow(path, folderOf(one)));
    return maker === undefined ? [] : [[path, maker] as const];
  });
}

interface Part {
  readonly path: string;
  readonly texts: readonly string[];
  /** What it names, or has in its own package. */
  readonly uses: ReadonlySet<string>;
}

async function programsOf(trees: TreeChange, paths: readonly string[]): Promise<ReadonlyMap<string, Part>> {
  const [base, head] = [await readFollowed(trees.base, paths), await readFollowed(trees.head, paths)];
  const folders = new Map<string, string[]>();
  for (const path of paths) folders.set(folderOf(path), [...(folders.get(folderOf(path)) ?? []), path]);
  const texts = new Map(
    paths.map((path) => [path, [base, head].flatMap((side) => side.get(path)?.toString("utf8") ?? [])]),
  );
  const found = new Map<string, Part>();
  for (const [path, own] of texts) {
    const folder = folderOf(path);
    const uses = new Set<string>();
    for (const text of own)
      for (const [, name = ""] of text.matchAll(/["']([^"'\n]{1,500})["']/g)) {
        const target = within(folder, name);
        if (target !== undefined && texts.has(target)) uses.add(target);
        for (const one of target === undefined ? [] : (folders.get(target) ?? [])) if (one !== path) uses.add(one);
      }
    const language = languageOf(path);
    if (language !== undefined && packages.has(language))
      for (const one of folders.get(folder) ?? []) if (languageOf(one) === language) uses.add(one);
    found.set(path, { path, texts: own, uses });
  }
  return found;
}

/** A part, and all that is made with it. */
function usersOf(programs: ReadonlyMap<string, Part>, part: Part): ReadonlySet<string> {
  const found = new Set([part.path]);
  const all = [...programs.values()];
  if (setsVariables(part.path))
    for (const one of all)
      if (folderOf(one.path) === folderOf(part.path) || declares(one, variablesIn(part))) found.add(one.path);
  if (holdsVariables(part.path)) {
    const keys = changedKeys(part);
    const isNamed = ({ texts }: Part): boolean => keys.some((key) => texts.some((text) => fills(text, key)));
    for (const one of all) if (languageOf(one.path) === "Jinja" && isNamed(one)) found.add(one.path);
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { path, uses } of all) if ([...uses].some((one) => found.has(one))) found.add(path);
  }
  return found;
}

function usedBy(programs: ReadonlyMap<string, Part>, paths: readonly string[]): ReadonlySet<string> {
  const found = new Set(paths);
  for (const path of found) for (const one of programs.get(path)?.uses ?? []) found.add(one);
  return found;
}

/** The variables to which a file of Terraform gives values. */
const variablesIn = ({ texts }: Part): string[] => [
  ...new Set(
    texts.flatMap((text) => Array.from(text.matchAll(/^[ \t]*"?(\w+)"?[ \t]*[=:]/gm), ([, name = ""]) => name)),
  ),
];

const declares = ({ path, texts }: Part, variables: readonly string[]): boolean =>
  packages.has(languageOf(path) ?? "") &&
  variables.some((name) => texts.some((text) => text.includes(`variable "${name}"`)));

function changedKeys({ texts }: Part): string[] {
  const [before, after] = [texts[0] ?? "", texts[1] ?? ""].map(objectOf);
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].filter((key) => canonicalText(before?.[key]) !== canonicalText(after?.[key]));
}

/** Whether a template fills a variable in. */
const fills = (text: string, key: string): boolean =>
  Array.from(text.matchAll(/\{[{%]([^{}]*)[%}]\}/g), ([, inside = ""]) => inside).some((inside) =>
    inside.split(/\W+/).includes(key),
  );
