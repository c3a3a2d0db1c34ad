import type { PerSide } from "../manifests/manifest.ts";
import { replaceDocuments } from "../manifests/text/replace-documents.ts";
import type { RenderedApplication, SideRendering } from "./application.ts";
import { nameOf, objectsIn } from "./objects-in.ts";
import type { JudgedKind } from "./relevant.ts";

/** What Argo CD and helm apply to a namespace, as far as rules look at it. */
const alsoMoved = ["ConfigMap", "Secret"] as const;

/** Whether a change gives a release another namespace; where a side has none, nothing is known of it. */
export const isMoved = ({ base, head }: PerSide<string | undefined>): boolean =>
  base !== undefined && head !== undefined && base !== head;

/**
 * Objects that name no namespace go to that of their release. Where a change gives the release another one, or an object names its
 * own on one side only, the namespaces are written into the objects of both sides: they are deleted here and created there, though
 * nothing in them changes, or stay where they are, though their text changes.
 */
export function withMovedObjects(
  application: RenderedApplication,
  namespaces: PerSide<string | undefined>,
  kinds: readonly JudgedKind[],
): RenderedApplication {
  if (namespaces.base === undefined || namespaces.head === undefined) return application;
  if (!isMoved(namespaces) && !isNamedOnce(application, kinds)) return application;
  const names = new Set([...kinds.map(({ kind }) => kind), ...alsoMoved]);
  const { base, head } = application.sides;
  return {
    ...application,
    sides: { base: inNamespace(base, namespaces.base, names), head: inNamespace(head, namespaces.head, names) },
  };
}

/** Whether an object names its namespace on one side only. */
function isNamedOnce({ sides: { base, head } }: RenderedApplication, kinds: readonly JudgedKind[]): boolean {
  if (base?.ok !== true || head?.ok !== true || base.output.equals(head.output)) return false;
  const pattern = new RegExp([...kinds.map(({ kind }) => kind), ...alsoMoved].join("|"));
  const without = ({ output }: { readonly output: Buffer }): [string, boolean][] =>
    objectsIn(output, pattern).map((object) => {
      const { name, namespace } = nameOf(object);
      return [JSON.stringify([object["kind"], name]), namespace === ""];
    });
  const before = new Map(without(base));
  return without(head).some(([name, isWithout]) => (before.get(name) ?? isWithout) !== isWithout);
}

function inNamespace(
  rendering: SideRendering | undefined,
  namespace: string,
  kinds: ReadonlySet<string>,
): SideRendering | undefined {
  if (rendering?.ok !== true) return rendering;
  let odd: string | undefined;
  const placed = replaceDocuments(rendering.output.toString("utf8"), ({ text }) => {
    const kind = /^kind: *["']?(\w+)/m.exec(text)?.[1] ?? "";
    if (!kinds.has(kind)) return undefined;
    const named = withNamespace(text, namespace);
    if (named === undefined) odd ??= kind;
    return named;
  });
  return odd === undefined
    ? { ...rendering, output: Buffer.from(placed) }
    : { ok: false, because: `it deploys to another namespace than before, and its ${odd} is written too oddly` };
}

/**
 * The text of an object that names a namespace, in quotes as a name may be made of digits; the same one where it does already.
 * Undefined where its metadata is not found.
 */
function withNamespace(text: string, namespace: string): string | undefined {
  const found = /^metadata:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( +)/m.exec(text);
  if (found === null) return inFlow(text, namespace);
  const [start, indent = ""] = found;
  const from = found.index + start.length;
  const after = text.slice(from);
  const inside = `${indent}${after}`;
  const end = inside.search(/^[^\s#]/m);
  const isNamed = (end === -1 ? inside : inside.slice(0, end))
    .split("\n")
    .some((line) => /^ *["']?namespace["']? *:/.test(line) && indentOf(line) === indent);
  return isNamed ? text : `${text.slice(0, from)}namespace: "${namespace}"\n${indent}${after}`;
}

/** The same where the metadata is written in braces. */
function inFlow(text: string, namespace: string): string | undefined {
  const found = /^metadata:[ \t]*\{(?=[ \t]*[\w"'])/m.exec(text);
  const [object] = found === null ? [] : objectsIn(Buffer.from(text), /kind/);
  if (found === null || object === undefined) return undefined;
  if (nameOf(object).namespace !== "") return text;
  const from = found.index + found[0].length;
  return `${text.slice(0, from)}namespace: "${namespace}", ${text.slice(from)}`;
}

const indentOf = (line: string): string => line.slice(0, line.search(/\S/));
