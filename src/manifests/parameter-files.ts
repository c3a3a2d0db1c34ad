import { deployerOf, mentionsDeployer, mentionsOurs } from "./deployers.ts";
import type { Document } from "./document.ts";
import { exactText } from "./exact-text.ts";
import type { Interest } from "./interest.ts";
import { isObject } from "./json-object.ts";
import type { Diagnostic, Json } from "./manifest.ts";
import { filesMentionedIn, filesNamedBy, isNamed, mayBeParameters } from "./named-files.ts";
import type { ChangedDocuments } from "./pair-documents.ts";
import { readValue } from "./read-value.ts";
import { unrendered } from "./unrendered.ts";
import { objectsIn } from "./unwrap.ts";

interface Maker {
  readonly title: string;
  readonly patterns: readonly string[];
}

/**
 * Under these keys values describe what a chart or another program makes pools from. Where a word follows it is a label, or
 * the name of a pool to run on.
 */
export const poolKey =
  /^[ \t-]*["']?((?:node[-_]?pool|hosted[-_]?cluster|shoot)s?)["']?[ \t]*:[ \t]*(?:[[{&!#]|\r?$)/im;

/** Schemas, API documents and sites of documentation (MkDocs) speak of pools that are not theirs. */
const otherKeys = ["$schema", "openapi", "swagger", "site_name"] as const;
/** The same of what cannot be read, as it is with the tags of MkDocs. */
const otherText = /^(?:\$schema|openapi|swagger|site_name)[ \t]*:/m;

/** A changed document that may be parameters, and what it was before. */
export interface Parameters {
  readonly document: Document;
  readonly before: Document | undefined;
}

/** The changed documents that may be parameters, by their texts alone. */
export function changedParameters({ base, head, earlier }: ChangedDocuments): Parameters[] {
  const isKept = new Set(earlier.values());
  return [
    ...head.map((document) => ({ document, before: earlier.get(document) })),
    ...base.filter((one) => !isKept.has(one)).map((document) => ({ document, before: undefined })),
  ].filter(({ document: { file, text } }) => mayBeParameters(file, text));
}

/** What says of changed parameters that pools are made from them. */
export class ParameterRemarks {
  /** How many documents were parsed. */
  parsed = 0;
  readonly #interest: Interest;

  constructor(interest: Interest) {
    this.#interest = interest;
  }

  /** An unchanged object of a GitOps tool names their file, or they describe pools themselves and hold no whole object. */
  of(parameters: readonly Parameters[], makers: readonly Document[]): Diagnostic[] {
    const named = makers.flatMap((document) => this.#makersIn(document));
    const told = new Set<string>();
    return parameters.flatMap(({ document, before }) => {
      const { file, line, text } = document;
      const maker =
        named.find(({ patterns }) => patterns.some((pattern) => isNamed(file, pattern))) ?? toolOf(file, text);
      const key = poolKey.exec(text)?.[1];
      if (told.has(file) || (maker === undefined && key === undefined)) return [];
      const value = this.#read(document);
      if (before !== undefined && isSame(this.#read(before), value)) return [];
      if (maker === undefined && !this.#describesPools(value, text)) return [];
      told.add(file);
      const message =
        maker === undefined
          ? `these values changed, with ${key} among them, and what is rendered from them is not among the files: name their chart in render.charts, or render both sides and pass the two directories`
          : `this file changed, and ${maker.title} makes manifests from it that are not among the files: render both sides and pass the two directories`;
      return unrendered(message, { file, line });
    });
  }

  #read(document: Document): Json | undefined {
    this.parsed += 1;
    return readValue(document);
  }

  #describesPools(value: Json | undefined, text: string): boolean {
    if (value === undefined) return !otherText.test(text);
    if (isObject(value) && otherKeys.some((name) => value[name] !== undefined)) return false;
    return objectsIn(value, this.#interest).every(({ path }) => path.length === 0);
  }

  #makersIn(document: Document): Maker[] {
    const { file, line, text } = document;
    if (!mentionsDeployer(text)) return [];
    const value = this.#read(document);
    if (value === undefined)
      return [{ title: `what ${file}:${line} deploys, which could not be read,`, patterns: filesMentionedIn(text) }];
    return objectsIn(value, this.#interest).flatMap((found) => {
      const deployer = "problem" in found ? undefined : deployerOf(found.value);
      if ("problem" in found || deployer === undefined) return [];
      return [{ title: `${deployer.title} in ${file}:${line}`, patterns: filesNamedBy(found.value) }];
    });
  }
}

/** Files by which tools are told what to deploy, and say no kind. */
const tools = [
  [/(?:^|\/)helmfile[^/]*\.ya?ml$/, "helmfile"],
  [/(?:^|\/)fleet\.yaml$/, "Fleet"],
] as const;

function toolOf(file: string, text: string): Maker | undefined {
  const title = tools.find(([pattern]) => pattern.test(file))?.[1];
  return title === undefined || !mentionsOurs(text) ? undefined : { title, patterns: [] };
}

/** What cannot be read may say anything. */
const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  one !== undefined && other !== undefined && exactText(one) === exactText(other);
