import type { Diagnostic } from "../../manifests/manifest.ts";
import { holdsVariables, languageOf, lineOfJudged, mayBePart, setsVariables } from "../../manifests/programs.ts";
import { quote } from "../../manifests/quote.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { canonicalText } from "../../rules/canonical.ts";
import { mostFiles } from "../deployers/bounds.ts";
import { objectOf } from "../kustomize/kustomization.ts";
import { isRelevant, type JudgedKind } from "../relevant.ts";
import type { RenderOptions } from "../render-options.ts";
import {
  folderOf,
  isBelow,
  isYaml,
  readFollowed,
  readMatching,
  sideWith,
  type TreeChange,
  within,
} from "../trees/file-tree.ts";
import { ProgramGraph } from "./program-graph.ts";

/** In these languages the files of a folder are one program, whether or not they name each other. */
const packages: ReadonlySet<string> = new Set(["CUE", "KCL", "OpenTofu", "Terraform"]);

/**
 * Says of changed parts of programs, which name nothing that is judged themselves, that programs which do are made with them:
 * modules, libraries, variables and their values.
 */
export async function changedProgramParts(
  trees: TreeChange,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const say = (path: string, maker: string): Diagnostic =>
    unrendered(
      `this file changed, and ${quote(maker)} makes manifests with it that are not among the files: render both sides and pass the two directories`,
      { file: shown(sideWith(trees, path), path) },
    );
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
  const all = [...new Set(sideNames.flatMap((side) => [...trees[side].entries.keys()].filter(mayBePart)))];
  const isKnown = all.length <= mostFiles;
  const named = new RegExp(kinds.map(({ kind }) => kind).join("|"));
  const sides = await Promise.all(
    sideNames.map((side) => (isKnown ? readFollowed(trees[side], all) : readMatching(trees[side], all, named))),
  );
  const programs = all.map((path) => ({
    path,
    texts: sides.flatMap((side) => side.get(path)?.toString("utf8") ?? []),
  }));
  const makers = programs.flatMap(({ path, texts }) =>
    texts.some((text) => lineOfJudged(text, kinds) !== undefined) ? [path] : [],
  );
  const [first] = makers;
  if (first === undefined) return [];
  // There are too many files to find out which uses which.
  const parts = isKnown ? graphOf(programs, changed).partsOf(makers) : new Map(changed.map((path) => [path, first]));
  const isMaker = new Set(makers);
  return changed.flatMap((path) => {
    const maker = parts.get(path);
    // A file that names pools itself is reported where it is read.
    return maker === undefined || isMaker.has(path) ? [] : [[path, maker] as const];
  });
}

/** What ytt fills in is written in comments. */
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

interface Program {
  readonly path: string;
  /** On the sides on which it is there. */
  readonly texts: readonly string[];
}

/** Groups of files: those of a folder, those of a package, and changed ones that set variables there or by a name. */
const group = {
  folder: (path: string) => `folder of ${path}`,
  packageOf: (path: string, language: string) => `${language} in ${path}`,
  variablesIn: (path: string) => `variables in ${path}`,
  variable: (name: string) => `variable ${name}`,
  word: (name: string) => `word ${name}`,
};

function graphOf(programs: readonly Program[], changed: readonly string[]): ProgramGraph {
  const known = new Set(programs.map(({ path }) => path));
  const folders = new Set([...known].map(folderOf));
  const isChanged = new Set(changed);
  const nodes = programs.map((program) => {
    const { path, texts } = program;
    const [folder, language] = [folderOf(path), languageOf(path)];
    const own = language !== undefined && packages.has(language) ? [group.packageOf(folder, language)] : [];
    const uses = new Set([...own, group.variablesIn(folder)]);
    for (const text of texts) {
      for (const [, name = ""] of text.matchAll(/["']([^"'\n]{1,500})["']/g)) {
        const target = within(folder, name);
        if (target !== undefined && known.has(target)) uses.add(target);
        if (target !== undefined && folders.has(target)) uses.add(group.folder(target));
      }
      if (own.length > 0) for (const [, name = ""] of text.matchAll(declared)) uses.add(group.variable(name));
      if (language === "Jinja") for (const word of filledIn(text)) uses.add(group.word(word));
    }
    const sets = isChanged.has(path) ? variableGroups(program) : [];
    return { path, uses: [...uses], groups: [group.folder(folder), ...own, ...sets] };
  });
  return new ProgramGraph(nodes);
}

/** Where the variables go that a changed file sets. */
function variableGroups(program: Program): string[] {
  const folder = folderOf(program.path);
  return [
    ...(setsVariables(program.path)
      ? [group.variablesIn(folder), ...variablesIn(program).map((name) => group.variable(name))]
      : []),
    ...(holdsVariables(program.path) ? changedKeys(program).map((key) => group.word(key)) : []),
  ];
}

/** Variables that a module of Terraform takes. */
const declared = /^[ \t]*variable[ \t]+"(\w+)"/gm;

/** The variables to which a file of Terraform gives values. */
const variablesIn = ({ texts }: Program): string[] => [
  ...new Set(
    texts.flatMap((text) => Array.from(text.matchAll(/^[ \t]*"?(\w+)"?[ \t]*[=:]/gm), ([, name = ""]) => name)),
  ),
];

function changedKeys({ texts }: Program): string[] {
  const [before, after] = [texts[0] ?? "", texts[1] ?? ""].map(objectOf);
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...keys].filter((key) => canonicalText(before?.[key]) !== canonicalText(after?.[key]));
}

/** The words that a template fills in. */
const filledIn = (text: string): string[] =>
  Array.from(text.matchAll(/\{[{%]([^{}]*)[%}]\}/g), ([, inside = ""]) => inside.split(/\W+/)).flat();
