import { isDeployer, mentionsDeployer } from "./deployers.ts";
import { groupOf } from "./identity.ts";
import type { Interest, InterestRow } from "./interest.ts";
import { isWrapper, mentionsWrapper } from "./wrappers.ts";

/**
 * Escapes in double quotes, tags, and UTF-16 with its zero bytes, by which a kind can be written without its letters standing
 * in the text.
 */
const hidden = /\0|\\[xuU]|[A-Za-z]\\[\r\n\u0085\u2028\u2029]|binary/;
/** One of these is in all that is hidden: words are found in a seventh of the time that the pattern takes. */
const hiding = ["\\", "\0", "binary"];
/**
 * The same inside an object of another kind, or a kind that is behind an alias, an anchor or a tag. Escapes count that stand for
 * letters of kinds and versions: JSON of dashboards is full of others.
 */
const hiddenWithin =
  /\\(?:x|u00|U000000)(?:2[d-fD-F]|3\d|[46][1-9a-fA-F]|[57][\daA])|!!binary|kind["']?\s*:\s*(?:[&!*]|"[^"\n]*\\)/;
/** A kind that only a template engine knows. */
const templatedKind =
  /(?:^|[\s{,"'])kind["']?[ \t]*:[ \t]*["']?(?:[A-Za-z]*(?:\{\{|\{%|\$\{|\$\(|<%)|__[A-Za-z]|[A-Z]+_[A-Z_]+\b)/m;
/** Lines at the left edge that may hold a second `kind` or `apiVersion`, or none of whose keys is a plain word. */
const oddLine = /^(?:["'?{[&!*<%]|---[ \t]+[^#\s]|kind|apiVersion)/gm;
const plainKind = /^kind:[ \t]+([A-Za-z][\w.-]*)(?:[ \t]+#.*|[ \t]*)$/m;
const plainVersion = /^apiVersion:[ \t]+([A-Za-z][\w./-]*)(?:[ \t]+#.*|[ \t]*)\r?$/m;
const saidVersion = /apiVersion["']?\s*:\s*(?:["']|[&!]\S*\s+)*([^\s"',}]*)/g;
const rootVersion = /^["']?apiVersion["']?[ \t]*:[ \t]*["']?([^\s"']*)/m;
const rootKind = /^["']?kind["']?[ \t]*:/m;
const namedKind = /^["']?kind["']?[ \t]*:[ \t]*["']?[A-Za-z]/m;
/** A version that a template or an alias fills in, or letters that stand for others. */
const isFilledIn = /[{$<*%\\]|__|^[A-Z_]+$/;
const firstContent = /^(?:[ \t]*(?:#.*)?\r?\n|---[ \t]*(?:#.*)?\r?\n)*([^\s#])/;

/**
 * Whether a document may hold an object of interest, by its text alone. `false` is certain, `true` is not: whoever gets it
 * parses the document.
 */
export function mayMatter(text: string, interest: Interest): boolean {
  const isMentioned = mentions(text, interest.kinds) || mentionsWrapper(text) || mentionsDeployer(text);
  if (!isMentioned && !mayHide(text) && !templatedKind.test(text)) return false;
  const declared = declaredObject(text);
  return declared === undefined || isOfInterest(declared, text, interest) || !isOnlyReading(declared, text);
}

const mayHide = (text: string): boolean => hiding.some((word) => text.includes(word)) && hidden.test(text);

interface Declared {
  readonly kind: RegExpExecArray;
  readonly version: RegExpExecArray;
}

/** Whether a document surely defines a kind of objects, as operators bring it along: megabytes that hold none. */
export function isDefinition(text: string): boolean {
  if (!text.includes("CustomResourceDefinition")) return false;
  const declared = declaredObject(text);
  return (
    declared?.kind[1] === "CustomResourceDefinition" &&
    declared.version[1]?.startsWith("apiextensions.k8s.io/") === true &&
    isOnlyReading(declared, text)
  );
}

/** Whether a document says in the plainest way that it is of one of these kinds. */
export function declaresAny(text: string, kinds: ReadonlySet<string>): boolean {
  const kind = declaredObject(text)?.kind[1];
  return kind !== undefined && kinds.has(kind);
}

/** The lines that say kind and version in the plainest way. */
function declaredObject(text: string): Declared | undefined {
  const kind = plainKind.exec(text);
  const version = plainVersion.exec(text);
  return kind === null || version === null ? undefined : { kind, version };
}

function isOfInterest({ kind: [, kind = ""], version: [, version = ""] }: Declared, text: string, interest: Interest) {
  const group = groupOf(version);
  // It names the kinds that it defines, and holds no object.
  if (group === "apiextensions.k8s.io" && kind === "CustomResourceDefinition") return false;
  if (kind.endsWith("List") || isWrapper(group, kind)) return true;
  if (isDeployer(group, kind)) return mentionsDeployer(text);
  const row = interest.find(group, kind);
  return row === undefined ? hiddenWithin.test(text) || namesKind(text, interest.judged) : row.role !== "ignored";
}

function mentions(text: string, kinds: ReadonlySet<string>): boolean {
  for (const kind of kinds) if (text.includes(kind)) return true;
  return false;
}

/** Whether the document is written so that no other reading of it is possible. */
function isOnlyReading({ kind, version }: Declared, text: string): boolean {
  const first = firstContent.exec(text);
  // The root must be a block mapping at the left edge; then all its keys are there.
  if (first === null || text.includes("\u0085") || !/^[A-Za-z]/.test(first[1]!)) return false;
  const start = first[0].length - 1;
  if (start > 0 && text[start - 1] !== "\n") return false;
  if ((text.match(oddLine)?.length ?? 0) !== 2) return false;
  return !isContinued(text, kind) && !isContinued(text, version);
}

/** Whether the line after the match may go on with the same scalar: it does not when it begins at the left edge. */
function isContinued(text: string, match: RegExpExecArray): boolean {
  const next = /(?:\r?\n[ \t]*(?=\r?\n|$(?![\s\S])))*(?:\r?\n\S|\r?\n?$(?![\s\S]))/y;
  next.lastIndex = match.index + match[0].length;
  return !next.test(text);
}

/** Whether a text that could not be read may hold an object of one of these: it says its kind and version, or hides them. */
export function mayHold(text: string, rows: readonly Pick<InterestRow, "group" | "kind">[]): boolean {
  const [, root] = rootVersion.exec(text) ?? [];
  // The root may have lost its version or its kind; what is deeper without one only speaks of the kind.
  if (root === undefined && rootKind.test(text)) return mayMake(text, new Set(rows.map(({ kind }) => kind)));
  if (root !== undefined && !namedKind.test(text) && rows.some(({ group }) => group === groupOf(root))) return true;
  const said = [...text.matchAll(saidVersion)].map(([, version = ""]) => version);
  const isSaid = (group: string): boolean =>
    said.some((version) => isFilledIn.test(version) || groupOf(version) === group);
  return mayMake(text, new Set(rows.flatMap(({ group, kind }) => (isSaid(group) ? [kind] : []))));
}

/** A kind that is named to be watched, as metrics of custom resources do: who names it so makes none of it. */
const namedWithGroup =
  /groupVersionKind["']?[ \t]*:[ \t]*(?:\{[^{}]*\}|(?:\r?\n[ \t]+["']?(?:group|version|kind)["']?[ \t]*:[^\n]*)+)/g;

/** Whether a file that takes part in making manifests, a patch or a template, may make objects of these kinds. */
export function mayMake(text: string, kinds: ReadonlySet<string>): boolean {
  if (text.includes("\0") || templatedKind.test(text)) return true;
  return namesKind(text.replace(namedWithGroup, ""), kinds) || (hiddenWithin.test(text) && mentions(text, kinds));
}

/**
 * Whether a document declares an object of another group that bears the name of one of the kinds, and none beside it:
 * Karpenter has a NodePool, too.
 */
export function isNamesake(text: string, rows: readonly Pick<InterestRow, "group" | "kind">[]): boolean {
  const declared = declaredObject(text);
  if (declared === undefined || !rows.some(({ kind }) => kind === declared.kind[1])) return false;
  if (templatedKind.test(text) || hiddenWithin.test(text)) return false;
  const groups = new Set(rows.map(({ group }) => group));
  return Array.from(text.matchAll(saidVersion), ([, version = ""]) => version).every(
    (version) => !isFilledIn.test(version) && !groups.has(groupOf(version)),
  );
}

/** Whether one of the kinds, or a list of it, is after `kind`, however deep. */
function namesKind(text: string, kinds: ReadonlySet<string>): boolean {
  for (const [, named = ""] of text.matchAll(/kind["']?\s*:\s*["']*([A-Za-z]+)/g))
    if (kinds.has(named.endsWith("List") ? named.slice(0, -"List".length) : named)) return true;
  return false;
}
