import { isList, listOf } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { quote } from "../../../manifests/quote.ts";
import { readValue } from "../../../manifests/read-value.ts";
import { splitFile } from "../../../manifests/read.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { Undecidable } from "../../templates/undecidable.ts";
import type { FileTree } from "../../trees/file-tree.ts";
import { mostReleases } from "../bounds.ts";
import { fillInAll, type Parameters, type Templating } from "./fill-in.ts";
import { fromGit } from "./git-generator.ts";

/** Where generators take their parameters from. */
export interface GeneratorSource {
  readonly tree: FileTree;
  readonly templating: Templating;
  /** Whether a URL is that of the repository whose charts are rendered. */
  readonly isHere: (url: Json | undefined) => boolean;
  /** Whether a revision is taken to be the one that the change is for. */
  readonly isCurrent: (revision: Json | undefined) => boolean;
  /** Called with every file from which parameters are taken. */
  readonly onFile: (path: string) => void;
  /**
   * How often generators may still be evaluated: they may be nested, and the inner one is evaluated for each result of the
   * outer.
   */
  readonly budget: { left: number };
}

const kinds = ["git", "list", "matrix", "merge"] as const;
/** Keys beside the name of the generator that only say when it runs again. */
const timing = new Set(["requeueAfterSeconds"]);

/** The parameters that a generator of an ApplicationSet gives, one for each Application. */
export async function generated(generator: Json, source: GeneratorSource): Promise<readonly Parameters[]> {
  if (!isObject(generator)) throw new Undecidable("has a generator that cannot be read");
  source.budget.left -= 1;
  if (source.budget.left < 0) throw new Undecidable("nests too many generators");
  const keys = Object.keys(generator).filter((key) => !timing.has(key));
  const kind = kinds.find((one) => one === keys[0]);
  if (kind === undefined || keys.length > 1)
    throw new Undecidable(`takes parameters from ${keys.map(quote).join(" with ")}, which is not in the repository`);
  const own = generator[kind];
  if (!isObject(own)) throw new Undecidable(`has a generator ${kind} that cannot be read`);
  if (own["template"] !== undefined) throw new Undecidable(`has a template in its generator ${kind}`);
  const found = await {
    git: async () => await fromGit(own, source),
    list: async () => await Promise.resolve(fromList(own, source)),
    matrix: async () => await fromMatrix(own, source),
    merge: async () => await fromMerge(own, source),
  }[kind]();
  if (found.length > mostReleases) throw new Undecidable(`makes more than ${mostReleases} Applications`);
  return found;
}

/** argo-cd `applicationset/generators` list.go */
function fromList(own: JsonObject, { templating }: GeneratorSource): Parameters[] {
  const listed = listOf(own["elements"]).map((element) => {
    if (!isObject(element)) throw new Undecidable("has a list of items that are not mappings");
    if (templating !== "plain") return element;
    const flat = Object.entries(element).flatMap(([key, value]) =>
      key === "values" && isObject(value)
        ? Object.entries(value).map(([inner, one]) => [`values.${inner}`, one] as const)
        : [[key, value] as const],
    );
    const odd = flat.find(([, value]) => typeof value !== "string");
    if (odd !== undefined) throw new Undecidable(`has ${quote(odd[0])} in its list, which is not a string`);
    return Object.fromEntries(flat);
  });
  return [...listed, ...writtenElements(own["elementsYaml"])];
}

/** A list that is in a text: in a matrix what the other generator gives is filled into it first. */
function writtenElements(text: Json | undefined): readonly JsonObject[] {
  if (typeof text !== "string" || text === "") return [];
  const [document] = splitFile({ path: "", bytes: Buffer.from(text) });
  const value = document === undefined ? null : readValue(document);
  if (value === null) return [];
  const list = isList(value) ? value : undefined;
  if (list?.every(isObject) !== true) throw new Undecidable("has an elementsYaml that is not a list of mappings");
  return list;
}

/** argo-cd `applicationset/generators` matrix.go: what the first gives is filled into the second. */
async function fromMatrix(own: JsonObject, source: GeneratorSource): Promise<Parameters[]> {
  const [first, second, ...rest] = listOf(own["generators"]);
  if (first === undefined || second === undefined || rest.length > 0)
    throw new Undecidable("has a matrix that does not combine exactly two generators");
  const found: Parameters[] = [];
  for (const one of await generated(first, source)) {
    for (const other of await generated(fillInAll(second, one, source.templating), source))
      found.push(source.templating === "plain" ? joined(one, other) : mergedDeep(other, one));
    if (found.length > mostReleases) break;
  }
  return found;
}

/** argo-cd `applicationset/utils` CombineStringMaps */
function joined(one: Parameters, other: Parameters): Parameters {
  const twice = Object.keys(one).find(
    (key) => Object.hasOwn(other, key) && canonicalText(one[key]) !== canonicalText(other[key]),
  );
  if (twice !== undefined) throw new Undecidable(`has two values for ${quote(twice)} in its matrix`);
  return { ...other, ...one };
}

/** argo-cd `applicationset/generators` merge.go: the first gives the Applications, the others what differs. */
async function fromMerge(own: JsonObject, source: GeneratorSource): Promise<Parameters[]> {
  const keys = listOf(own["mergeKeys"]).filter((key) => typeof key === "string");
  const [first, ...others] = listOf(own["generators"]);
  if (first === undefined || others.length === 0 || keys.length === 0)
    throw new Undecidable("merges fewer than two generators, or has no merge key");
  const keyOf = (parameters: Parameters): string => JSON.stringify(keys.map((key) => canonicalText(parameters[key])));
  const byKey = async (generator: Json): Promise<Map<string, Parameters>> => {
    const all = await generated(generator, source);
    const found = new Map(all.map((one) => [keyOf(one), one]));
    if (found.size < all.length) throw new Undecidable(`has the same ${keys.join(", ")} twice in one generator`);
    return found;
  };
  const found = await byKey(first);
  for (const generator of others)
    for (const [key, more] of await byKey(generator)) {
      const one = found.get(key);
      if (one !== undefined)
        found.set(key, source.templating === "plain" ? { ...one, ...more } : mergedDeep(one, more));
    }
  return [...found.values()];
}

/** dario.cat/mergo@v1.0.2 `merge.go` deepMerge with WithOverride: what is empty, or null, counts as well. */
function mergedDeep(one: JsonObject, more: JsonObject): JsonObject {
  const entries = Object.entries(more).map(([key, value]): [string, Json] => {
    const own = one[key];
    return [key, isObject(own) && isObject(value) ? mergedDeep(own, value) : value];
  });
  return { ...one, ...Object.fromEntries(entries) };
}
