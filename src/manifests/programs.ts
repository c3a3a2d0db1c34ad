import type { Interest, InterestRow } from "./interest.ts";
import type { Diagnostic, PerSide, SourceFile } from "./manifest.ts";
import { decodeFile } from "./text/decode.ts";
import { unrendered } from "./unrendered.ts";

/** Languages in which manifests are written as programs or templates, by the end of a file's name. */
const languages: ReadonlyMap<string, string> = new Map([
  ["cue", "CUE"],
  ["dhall", "Dhall"],
  ["jsonnet", "Jsonnet"],
  ["libsonnet", "Jsonnet"],
  ["k", "KCL"],
  ["pkl", "Pkl"],
  ["star", "Starlark"],
  ["tf", "Terraform"],
  ["tofu", "OpenTofu"],
  ["erb", "ERB"],
  ["gotmpl", "Go template"],
  ["tftpl", "Terraform template"],
  ["tmpl", "template"],
  ["j2", "Jinja"],
  ["jinja", "Jinja"],
  ["jinja2", "Jinja"],
]);

/**
 * The first line with content, as a manifest starts; Markdown, code and templates mostly start with something else. A comment
 * holds the `\r` at its end: with two ways to read it, forty comments would take years.
 */
const manifestStart =
  /^(?:\uFEFF)?(?:[ \t]*(?:#[^\n]*|\r)?\n|---[ \t]*(?:#[^\n]*|\r)?\n|%[^\n]*\n)*(?:["']?(?:apiVersion|kind|metadata|spec|items|data)["']?[ \t]*:|\{\s*["'](?:apiVersion|kind|metadata|spec|items|data)["']\s*:)/;

/** Whether a text begins as a manifest does. */
export const startsAsManifest = (text: string): boolean => manifestStart.test(text);

/** The language of a file whose name says that it is a program or a template, not a manifest. */
export function languageOf(path: string): string | undefined {
  return languages.get(path.slice(path.lastIndexOf(".") + 1).toLowerCase());
}

/** Whether a file gives values to the variables of Terraform. */
export const setsVariables = (path: string): boolean => /\.tfvars(?:\.json)?$/.test(path);

/** Whether Ansible looks into a file for the variables of its templates. */
export const holdsVariables = (path: string): boolean =>
  /(?:^|\/)(?:group_vars|host_vars|vars|defaults)\/.*\.ya?ml$/.test(path);

/** Whether a file may be part of a program that makes manifests, by its name. */
export const mayBePart = (path: string): boolean =>
  languageOf(path) !== undefined || setsVariables(path) || holdsVariables(path);

type Sides = PerSide<readonly SourceFile[]>;

/** Two files of different names were given by name, for what they hold; elsewhere the name says what a file is. */
const areGiven = ({ base, head }: Sides): boolean =>
  base.length === 1 && head.length === 1 && base[0]?.path !== head[0]?.path;

/** A template may begin, and then read, as a manifest that somebody still has to fill in. */
const isProgram = (file: SourceFile): boolean =>
  languageOf(file.path) !== undefined && !startsAsManifest(decodeFile(file.bytes.subarray(0, 8192)).text);

/** The files of both sides that are to be read as manifests. */
export function withoutPrograms(sides: Sides): Sides {
  if (areGiven(sides)) return sides;
  const without = (files: readonly SourceFile[]) =>
    files.some(({ path }) => languageOf(path) !== undefined) ? files.filter((file) => !isProgram(file)) : files;
  return { base: without(sides.base), head: without(sides.head) };
}

/** Reports changed programs that write objects to judge. */
export function changedPrograms(sides: Sides, interest: Interest): Diagnostic[] {
  if (areGiven(sides)) return [];
  const textsOf = (files: readonly SourceFile[]) =>
    new Map(files.filter(isProgram).map(({ path, bytes }) => [path, decodeFile(bytes).text]));
  const judged = interest.rows.filter(({ role }) => role === "judged");
  const [head, base] = [textsOf(sides.head), textsOf(sides.base)];
  return [...new Set([...base.keys(), ...head.keys()])].flatMap((file) => {
    const [before, after] = [base.get(file), head.get(file)];
    if (before === after) return [];
    const line = after === undefined ? undefined : lineOfJudged(after, judged);
    if (line === undefined && (before === undefined || lineOfJudged(before, judged) === undefined)) return [];
    const message = `this ${languageOf(file)} file changed, and the manifests that it makes are not among the files: render both sides and pass the two directories`;
    return unrendered(message, { file, line });
  });
}

/** Lines of comments, which make nothing. */
const commentLine = /^[ \t]*(?:#|\/\/).*$/gm;

/** The line that names a kind that is judged, unless all objects of the text are of other groups. */
export function lineOfJudged(
  whole: string,
  judged: readonly Pick<InterestRow, "group" | "kind">[],
): number | undefined {
  const text = whole.replaceAll(commentLine, "");
  if (/apiVersion/.test(text) && !judged.some(({ group }) => text.includes(group))) return undefined;
  const at = text.search(
    new RegExp(String.raw`\b(?:${judged.map(({ kind }) => kind.replaceAll(/\W/g, ".")).join("|")})\b`),
  );
  return at === -1 ? undefined : text.slice(0, at).split("\n").length;
}
