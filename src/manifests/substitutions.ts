import type { ContextIndex } from "./context-index.ts";
import { deployerOf, mentionsDeployer } from "./deployers.ts";
import { type Document, positionIn } from "./document.ts";
import { exactText } from "./exact-text.ts";
import type { Interest } from "./interest.ts";
import { isList, listOf } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Diagnostic, Json, JsonObject, Manifest } from "./manifest.ts";
import { mayMake } from "./may-matter.ts";
import { quote } from "./quote.ts";
import { readValue, textUnder, valueUnder } from "./read-value.ts";
import { isSomethingElse } from "./templates/something-else.ts";
import { unrendered } from "./unrendered.ts";
import { objectsIn } from "./unwrap.ts";

/** Stands in a HelmRelease that takes values from other objects. */
export const valuesFrom = "valuesFrom";

/** Where objects hold what Flux fills into manifests: plain, encrypted by sops or kubeseal, or made of what is fetched. */
const settingPaths = [
  ["data"],
  ["stringData"],
  ["spec", "encryptedData"],
  ["spec", "template", "data"],
  ["spec", "target", "template", "data"],
] as const;
/** The kinds from which Flux takes settings; the last two become Secrets. */
const settingKinds: ReadonlyMap<string, string> = new Map([
  ["/ConfigMap", "ConfigMap"],
  ["/Secret", "Secret"],
  ["bitnami.com/SealedSecret", "Secret"],
  ["external-secrets.io/ExternalSecret", "Secret"],
]);
/** Flux substitutes no others. */
const variable = /^[A-Za-z_]\w*$/;

/** An object whose settings differ between the sides. */
interface ChangedSettings {
  /** As others name it. */
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** The settings that differ. */
  readonly keys: readonly string[];
}

/**
 * Finds unchanged documents that changed settings reach: variables that Flux substitutes (`postBuild.substituteFrom`),
 * and the values of a HelmRelease.
 */
export class Substitutions {
  /** How many documents were parsed. */
  parsed = 0;
  readonly #changed: readonly ChangedSettings[];
  readonly #interest: Interest;

  constructor(base: readonly Manifest[], head: readonly Manifest[], interest: Interest) {
    this.#changed = changedSettings(base, head);
    this.#interest = interest;
  }

  of(unchanged: Pick<ContextIndex, "mentioning" | "withVariables">): Diagnostic[] {
    if (this.#changed.length === 0) return [];
    const hasVariables = this.#changed.some(({ keys }) => keys.some(isVariable));
    const documents = [...(hasVariables ? unchanged.withVariables() : []), ...unchanged.mentioning([valuesFrom])];
    return [...new Set(documents)].flatMap(
      (document) => this.#filledIn(document) ?? this.#givenToChart(document) ?? [],
    );
  }

  #filledIn(document: Document): Diagnostic | undefined {
    const { text } = document;
    if (!mayMake(text, this.#interest.kinds)) return undefined;
    for (const { keys, ...settings } of this.#changed)
      for (const key of keys) {
        const at = placeOfVariable(text, key);
        if (at === -1) continue;
        if (isSomethingElse(document, this.#interest)) return undefined;
        const message = `\${${key}} is used here, which the changed ${titleOf(settings)} may set: render both sides, for example with flux build, and pass the two directories`;
        return unrendered(message, positionIn(document, at));
      }
    return undefined;
  }

  #givenToChart(document: Document): Diagnostic | undefined {
    const { text, file, line } = document;
    const isNamed = text.includes(valuesFrom) && this.#changed.some(({ name }) => text.includes(name));
    if (!isNamed || !mentionsDeployer(text)) return undefined;
    this.parsed += 1;
    const value = readValue(document) ?? null;
    for (const found of objectsIn(value, this.#interest)) {
      const deployer = "problem" in found ? undefined : deployerOf(found.value);
      if ("problem" in found || deployer === undefined) continue;
      const settings = this.#changed.find((one) => takesFrom(found.value, one));
      if (settings === undefined) continue;
      const message = `${deployer.title} takes values from the changed ${titleOf(settings)}, and ${deployer.advice}`;
      return unrendered(message, { file, line });
    }
    return undefined;
  }
}

const isVariable = (key: string): boolean => variable.test(key);

/** Where a text uses a variable; -1 where it does not. `$${NAME}` means the text `${NAME}` itself. */
export function placeOfVariable(text: string, key: string): number {
  if (!isVariable(key)) return -1;
  const word = `\${${key}`;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (text[at - 1] !== "$" && !/\w/.test(text[at + word.length] ?? "")) return at;
  return -1;
}

function takesFrom({ metadata, spec }: JsonObject, { kind, namespace, name }: ChangedSettings): boolean {
  const own = valueUnder(metadata, "namespace");
  const sources = valueUnder(spec, valuesFrom);
  if (!isList(sources) || (own !== undefined && namespace !== undefined && own !== namespace)) return false;
  return sources.some((one) => isObject(one) && one["kind"] === kind && one["name"] === name);
}

const titleOf = ({ kind, namespace, name }: Omit<ChangedSettings, "keys">): string =>
  `${kind} ${quote(namespace === undefined ? name : `${namespace}/${name}`)}`;

function changedSettings(base: readonly Manifest[], head: readonly Manifest[]): ChangedSettings[] {
  const before = settingsOf(base);
  const after = settingsOf(head);
  return [...new Map([...before, ...after]).keys()].flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)];
    const keys = [...new Set([...(old?.values.keys() ?? []), ...(now?.values.keys() ?? [])])].filter(
      (key) => old?.values.get(key) !== now?.values.get(key),
    );
    const one = now ?? old;
    return one === undefined || keys.length === 0
      ? []
      : [{ kind: one.kind, namespace: one.namespace, name: one.name, keys }];
  });
}

interface Settings extends Omit<ChangedSettings, "keys"> {
  readonly values: ReadonlyMap<string, string>;
}

function settingsOf(manifests: readonly Manifest[]): Map<string, Settings> {
  const found = new Map<string, Settings>();
  for (const { group, kind: own, namespace, name: ownName, value, application } of manifests) {
    const kind = settingKinds.get(`${group}/${own}`);
    if (kind === undefined) continue;
    const name = textUnder(value, "spec", "target", "name") ?? ownName;
    const values = new Map([...settingsIn(value)].map(([key, one]) => [key, exactText(one)]));
    found.set(JSON.stringify([application, kind, namespace, name]), { kind, namespace, name, values });
  }
  return found;
}

function* settingsIn(value: JsonObject): Generator<[key: string, value: Json]> {
  for (const path of settingPaths) {
    const held = valueUnder(value, ...path);
    if (isObject(held)) yield* Object.entries(held);
  }
  const fetched = valueUnder(value, "spec", "data");
  for (const one of listOf(fetched)) {
    const key = textUnder(one, "secretKey");
    if (key !== undefined) yield [key, one];
  }
  // Whatever else of it changes may bring other keys, whose names are not here.
  if (value["spec"] !== undefined) yield ["", value["spec"]];
}
