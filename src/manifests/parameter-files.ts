import type { Bounds } from "./bounds.ts";
import { deployerOf, unrendered } from "./deployers.ts";
import { type Document, documentText } from "./document.ts";
import { isObject } from "./identity.ts";
import type { Diagnostic, Json } from "./manifest.ts";
import { filesNamedBy, isNamed, mayBeParameters } from "./named-files.ts";
import { objectsIn } from "./unwrap.ts";
import type { Interest } from "./interest.ts";
import { compose } from "./yaml/compose.ts";
import { YamlError } from "./yaml/yaml-error.ts";

/** What differs between the sides, and what the documents of the head were before. */
interface Changed {
  readonly base: readonly Document[];
  readonly head: readonly Document[];
  readonly earlier: ReadonlyMap<Document, Document>;
}

interface Maker {
  readonly title: string;
  readonly patterns: readonly string[];
}

/**
 * Under these keys values describe what a chart or another program makes pools from. Where a word follows it is a label, or
 * the name of a pool to run on.
 */
const poolKey = /^[ \t-]*["']?((?:node[-_]?pool|hosted[-_]?cluster|shoot)s?)["']?[ \t]*:[ \t]*(?:[[{&!#]|\r?$)/im;

/** Schemas and API documents describe pools that are not theirs. */
const schemaKeys = ["$schema", "openapi", "swagger"] as const;

/** The changed documents that may be parameters: what they say differs, not only how. */
export function changedParameters({ base, head, earlier }: Changed, bounds: Bounds): Document[] {
  const changed = head.filter((document) => {
    if (!mayBeParameters(document.file, document.text)) return false;
    const before = earlier.get(document);
    return before === undefined || sense(before, bounds) !== sense(document, bounds);
  });
  const isKept = new Set(earlier.values());
  return [...changed, ...base.filter((one) => !isKept.has(one) && mayBeParameters(one.file, one.text))];
}

/**
 * What is said of changed parameters from which pools are made: an unchanged object of a GitOps tool names their file, or
 * they describe pools themselves and hold no whole object.
 */
export function parameterRemarks(
  parameters: readonly Document[],
  makers: readonly Document[],
  interest: Interest,
  bounds: Bounds,
): Diagnostic[] {
  const named = makers.flatMap((document) => makersIn(document, interest, bounds));
  const told = new Set<string>();
  return parameters.flatMap((document) => {
    const { file, line } = document;
    if (told.has(file)) return [];
    const maker = named.find(({ patterns }) => patterns.some((pattern) => isNamed(file, pattern)));
    const because =
      maker === undefined
        ? describesPools(document, interest, bounds)
        : `this file changed, and ${maker.title} makes manifests from it that are not among the files: render both sides and give the two directories`;
    if (because === undefined) return [];
    told.add(file);
    return [
      {
        severity: "warning",
        code: unrendered,
        message: because,
        file,
        line,
        incomplete: true,
        hidesPools: true,
      } as const,
    ];
  });
}

function describesPools(document: Document, interest: Interest, bounds: Bounds): string | undefined {
  const key = poolKey.exec(document.text)?.[1];
  if (key === undefined) return undefined;
  const value = valueOf(document, bounds);
  if (isObject(value) && schemaKeys.some((name) => value[name] !== undefined)) return undefined;
  if (value !== undefined && objectsIn(value, interest).some(({ path }) => path.length > 0)) return undefined;
  return `these values changed, with ${key} among them, and what is made of them is not among the files: name their chart in render.charts, or render both sides and give the two directories`;
}

/** What a text means, as far as it can be read; otherwise what it says. */
function sense(document: Document, bounds: Bounds): string {
  const value = valueOf(document, bounds);
  return value === undefined
    ? document.text
    : JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner));
}

function valueOf(document: Document, bounds: Bounds): Json | undefined {
  if (document.text.length > bounds.documentLength) return undefined;
  try {
    return compose(documentText(document), bounds, { json: document.json === true }).value;
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}

function makersIn(document: Document, interest: Interest, bounds: Bounds): Maker[] {
  const value = valueOf(document, bounds);
  if (value === undefined) return [];
  return objectsIn(value, interest).flatMap((found) => {
    const deployer = "problem" in found ? undefined : deployerOf(found.value);
    if ("problem" in found || deployer === undefined) return [];
    return [{ title: `${deployer.title} in ${document.file}:${document.line}`, patterns: filesNamedBy(found.value) }];
  });
}
