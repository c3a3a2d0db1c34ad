import { listOf } from "../manifests/json-list.ts";
import type { Diagnostic, Json, JsonObject } from "../manifests/manifest.ts";
import { quote } from "../manifests/quote.ts";
import { textUnder, valueUnder } from "../manifests/read-value.ts";
import type { RenderedApplication } from "./application.ts";
import { objectOf } from "./kustomize/kustomization.ts";
import { nameOf, objectsIn } from "./objects-in.ts";

/** Mistakes in rendering that no rule about a single object can see. */
export function findingsIn(application: RenderedApplication): Diagnostic[] {
  const { base, head } = application.sides;
  if (head?.ok !== true) return [];
  const objects = objectsIn(head.output, /NodePool|ConfigMap|Shoot/);
  const before = base?.ok === true ? objectsIn(base.output, /Shoot/) : [];
  return [...danglingReferences(application, objects), ...lostPools(head.sources, before, objects)];
}

const namesIn = (value: Json | undefined): string[] => listOf(value).flatMap((item) => textUnder(item, "name") ?? []);

/** Fields of a NodePool that name ConfigMaps. kustomize updates references only in kinds that it knows, or is configured for. */
const configFields = ["config", "tuningConfig"] as const;

function danglingReferences({ file }: RenderedApplication, objects: readonly JsonObject[]): Diagnostic[] {
  const maps = objects.filter(({ kind }) => kind === "ConfigMap").map(nameOf);
  return objects
    .filter(({ kind }) => kind === "NodePool")
    .flatMap((pool) => {
      const { name, namespace } = nameOf(pool);
      return configFields.flatMap((field) =>
        namesIn(valueUnder(pool, "spec", field)).flatMap((wanted): Diagnostic[] => {
          const here = maps.filter((map) => map.namespace === namespace);
          if (here.some((map) => map.name === wanted)) return [];
          const generated = here.find((map) => isGeneratedFrom(map.name, wanted));
          if (generated === undefined) return [];
          const message = `NodePool ${quote(name)} names the ConfigMap ${quote(wanted)} in spec.${field}, but kustomize calls it ${quote(generated.name)}: the reference points to nothing, and the NodePool's configuration is invalid. Add a file under configurations: with nameReference: [{kind: ConfigMap, fieldSpecs: [{kind: NodePool, path: spec/${field}/name}]}], or set disableNameSuffixHash`;
          return [{ severity: "error", code: "missing-name-reference", message, file }];
        }),
      );
    });
}

/** The hash that kustomize appends: ten letters and digits, none of which spell words. */
const isGeneratedFrom = (name: string, wanted: string): boolean =>
  name.startsWith(`${wanted}-`) && /^[0-9a-z]{10}$/.test(name.slice(wanted.length + 1));

/** Pools that a strategic-merge patch takes away: it replaces the lists of a kind whose schema kustomize does not know. */
function lostPools(
  sources: ReadonlyMap<string, Buffer>,
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): Diagnostic[] {
  return after
    .filter(({ kind }) => kind === "Shoot")
    .flatMap((shoot): Diagnostic[] => {
      const { name, namespace } = nameOf(shoot);
      const twin = before.find(
        (other) => other["kind"] === "Shoot" && nameOf(other).name === name && nameOf(other).namespace === namespace,
      );
      const left = new Set(namesIn(valueUnder(shoot, "spec", "provider", "workers")));
      const lost = namesIn(valueUnder(twin, "spec", "provider", "workers")).filter((pool) => !left.has(pool));
      if (lost.length === 0) return [];
      const patch = [...sources]
        .flatMap(([path, bytes]) => patchesIn(path, bytes))
        .find(({ value }) => isPatchOf(value, name, left));
      if (patch === undefined) return [];
      const message = `this strategic-merge patch replaces all of spec.provider.workers of Shoot ${quote(name)}, because lists of custom resources are not merged: the ${lost.length === 1 ? "pool" : "pools"} ${lost.map(quote).join(", ")} would be deleted. Write a JSON 6902 patch, or list all pools`;
      return [{ severity: "warning", code: "patch-replaces-list", message, file: patch.file }];
    });
}

/** Files that may be patches, and patches that are in a kustomization itself. */
function patchesIn(file: string, bytes: Buffer): { readonly file: string; readonly value: JsonObject }[] {
  if (!/\.ya?ml$|Kustomization$/.test(file) || !bytes.includes("workers")) return [];
  return objectsIn(bytes, /workers/).flatMap((value) => {
    const texts = [...listOf(value["patches"]), ...listOf(value["patchesStrategicMerge"])]
      .map((item) => (typeof item === "string" ? item : valueUnder(item, "patch")))
      .filter((text) => typeof text === "string")
      .filter((text) => text.includes("\n"));
    return [{ file, value }, ...texts.map((text) => ({ file, value: objectOf(text) }))];
  });
}

/**
 * Whether it is a patch and not the Shoot itself: it names exactly the remaining pools, and lacks fields that every Shoot has.
 */
function isPatchOf(value: JsonObject, name: string, left: ReadonlySet<string>): boolean {
  const own = nameOf(value).name;
  const pools = namesIn(valueUnder(value, "spec", "provider", "workers"));
  const isWhole =
    valueUnder(value, "spec", "provider", "type") !== undefined && valueUnder(value, "spec", "region") !== undefined;
  return (
    !isWhole &&
    pools.length > 0 &&
    pools.every((pool) => left.has(pool)) &&
    left.size === pools.length &&
    (own === "" || name.includes(own))
  );
}
