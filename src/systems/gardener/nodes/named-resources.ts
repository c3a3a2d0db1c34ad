import type { Json } from "../../../manifests/manifest.ts";
import { sameValue } from "../../../rules/canonical.ts";
import type { Predicate, Scope } from "../../../rules/functions.ts";
import { at, items, text } from "../shoot.ts";

/** Where the extensions that write files to nodes name entries of `spec.resources`, by their type. */
const namesOf: ReadonlyMap<string, (config: Json | undefined) => (Json | undefined)[]> = new Map([
  [
    "registry-mirror",
    (config) =>
      items(at(config, "/mirrors")).flatMap((mirror) =>
        items(at(mirror, "/hosts")).map((host) => at(host, "/caBundleSecretReferenceName")),
      ),
  ],
  [
    "shoot-rsyslog-relp",
    (config) => [at(config, "/auditConfig/configMapReferenceName"), at(config, "/tls/secretReferenceName")],
  ],
]);

/** The entries by which files of nodes are made. */
function resourcesOnNodes(scope: Scope): Json[] {
  const names = items(scope.get("/spec/extensions")).flatMap((extension) => {
    const find = namesOf.get(text(at(extension, "/type")) ?? "");
    return at(extension, "/disabled") === true ? [] : (find?.(at(extension, "/providerConfig")) ?? []);
  });
  return items(scope.get("/spec/resources")).filter((entry) => names.includes(at(entry, "/name")));
}

/** Whether an entry that is on both sides, and from which files of nodes are made, names another object. */
export const resourceOnNodesChanges: Predicate = ({ base, head }) => {
  if (base === undefined || head === undefined) return false;
  const before = new Map(resourcesOnNodes(base).map((entry) => [at(entry, "/name"), entry]));
  return resourcesOnNodes(head).some((entry) => {
    const other = before.get(at(entry, "/name"));
    return other !== undefined && !sameValue(at(other, "/resourceRef"), at(entry, "/resourceRef"));
  });
};
