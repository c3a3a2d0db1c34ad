import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import type { Catalog, CatalogRow } from "../../../rules/rows.ts";
import { isWithin } from "../../../rules/version.ts";
import { newestKnownBefore, unknownName } from "../api/kubernetes-minors.ts";
import type { Problem } from "../api/problems.ts";
import { isEncryptionRollingOut, phaseOf } from "../operations/rotation-phases.ts";
import { at, isHibernationEnabled, items, text, workersOf } from "../shoot.ts";
import { changed, newIn } from "./shoot-problems.ts";

const place = ["spec", "kubernetes", "kubeAPIServer"];

/** What ValidateKubeAPIServer asks of admission plugins, API versions, structured authorization and encryption. */
export const kubeApiServerValues = newIn(function* (shoot, scope, known): Generator<Problem> {
  const server = at(shoot, "/spec/kubernetes/kubeAPIServer");
  const version = text(at(shoot, "/spec/kubernetes/version"));
  if (server === undefined || version === undefined || version === "") return;
  const newest = newestKnownBefore(version, scope.catalog("kubernetes-minors"));
  yield* pluginProblems(server, version, newest, scope.catalog("admission-plugins"));
  yield* kubeconfigProblems(server, shoot);
  const hasWorkers = workersOf(shoot).length > 0;
  yield* apiProblems(server, version, newest, hasWorkers, scope.catalog("api-group-versions"));
  for (const name of ["Authentication", "Authorization"])
    if (
      at(server, `/structured${name}`) !== undefined &&
      at(server, `/featureGates/Structured${name}Configuration`) === false
    )
      yield {
        path: [...place, `structured${name}`],
        message: `needs the feature gate Structured${name}Configuration, which is set to false`,
      };
  const authorization = at(server, "/structuredAuthorization");
  if ((text(at(authorization, "/configMapName")) ?? "") !== "" && items(at(authorization, "/kubeconfigs")).length === 0)
    yield {
      path: [...place, "structuredAuthorization", "kubeconfigs"],
      message: "must be set where an authorization configuration is",
    };
  yield* encryptionProblems(shoot, known);
});

const isGcm = (shoot: Json | undefined): boolean =>
  at(shoot, "/spec/kubernetes/kubeAPIServer/encryptionConfig/provider/type") === "aesgcm";

/** AES-GCM needs a key that rotates by itself. Admission switches that on for new Shoots that do not speak of it. */
function* encryptionProblems(shoot: Json, known: Json | undefined): Generator<Problem> {
  if (!isGcm(shoot)) return;
  const rotation = at(shoot, "/spec/maintenance/autoRotation/credentials/etcdEncryptionKey");
  const path = [...place, "encryptionConfig", "provider", "type"];
  const message = "aesgcm needs maintenance.autoRotation.credentials.etcdEncryptionKey";
  if (parseDuration(text(at(rotation, "/rotationPeriod")) ?? "") === 0n) yield { path, message };
  else if (rotation === undefined && known !== undefined && !isGcm(known))
    yield { path, message: `${message}, which this manifest does not set`, isUnsure: true };
}

const encryptionType = (shoot: Json): string =>
  text(at(shoot, "/spec/kubernetes/kubeAPIServer/encryptionConfig/provider/type")) ?? "aescbc";
/** In whatever order they are listed. */
const encryptedResources = (shoot: Json): string =>
  items(at(shoot, "/spec/kubernetes/kubeAPIServer/encryptionConfig/resources"))
    .map((resource) => text(resource) ?? "")
    .toSorted()
    .join();

/** ValidateEncryptionConfigUpdate, without what only the status shows. */
export const encryptionUpdates = changed(function* (base, head): Generator<Problem> {
  const parts = [
    ...(encryptedResources(base) === encryptedResources(head) ? [] : [["resources"]]),
    ...(encryptionType(base) === encryptionType(head) ? [] : [["provider", "type"]]),
  ];
  const path = [...place, "encryptionConfig"];
  const phase = phaseOf(base, "etcdEncryptionKey");
  for (const part of parts) {
    if (phase !== "" && phase !== "Completed")
      yield {
        path: [...path, ...part],
        message: `cannot be changed while the rotation of the key of etcd is ${phase}`,
      };
    if (isEncryptionRollingOut(base, base))
      yield { path: [...path, ...part], message: "cannot be changed while another change of it is being rolled out" };
    if (isHibernationEnabled(head))
      yield { path: [...path, ...part], message: "cannot be changed while the Shoot is hibernated" };
    if (parts.length > 1 && part.length > 1)
      yield { path: [...path, ...part], message: "cannot be changed together with the resources" };
  }
});

const rowOf = (catalog: Catalog, name: string): CatalogRow | undefined =>
  Object.hasOwn(catalog, name) ? catalog[name] : undefined;

function* pluginProblems(
  server: Json,
  version: string,
  newest: string | undefined,
  plugins: Catalog,
): Generator<Problem> {
  for (const plugin of items(at(server, "/admissionPlugins"))) {
    const name = text(at(plugin, "/name"));
    // A plugin without a name is refused by the shape.
    if (name === undefined || name === "") return;
    const path = [...place, "admissionPlugins", name];
    const known = rowOf(plugins, name);
    if (known === undefined) yield { path, ...unknownName("admission plugin", newest) };
    else if (!isWithin(version, known.from, known.before))
      yield { path, message: `is not supported in Kubernetes version ${version}` };
    else {
      const config = at(plugin, "/config");
      if (config !== undefined && known.takes?.includes("config") !== true)
        yield { path: [...path, "config"], message: "this admission plugin takes no configuration" };
      if (config !== undefined && name === "PodSecurity" && !isPodSecurity(config))
        yield {
          path: [...path, "config"],
          message: "must be a PodSecurityConfiguration of pod-security.admission.config.k8s.io/v1",
        };
      if (at(plugin, "/disabled") === true && known.needed === "always") yield { path, message: "cannot be disabled" };
      if (at(plugin, "/kubeconfigSecretName") !== undefined && known.takes?.includes("kubeconfig") !== true)
        yield { path: [...path, "kubeconfigSecretName"], message: "this admission plugin takes no kubeconfig" };
    }
  }
}

/** validateAdmissionPlugins in plugin/pkg/shoot/validator: a kubeconfig is one of the Secrets that the Shoot refers to. */
function* kubeconfigProblems(server: Json, shoot: Json): Generator<Problem> {
  const secrets = items(at(shoot, "/spec/resources"))
    .map((resource) => at(resource, "/resourceRef"))
    .filter((reference) => at(reference, "/apiVersion") === "v1" && at(reference, "/kind") === "Secret")
    .map((reference) => at(reference, "/name"));
  for (const plugin of items(at(server, "/admissionPlugins"))) {
    const secret = at(plugin, "/kubeconfigSecretName");
    if (secret !== undefined && !secrets.includes(secret))
      yield {
        path: [...place, "admissionPlugins", text(at(plugin, "/name")) ?? "", "kubeconfigSecretName"],
        message: "must be the name of a Secret in spec.resources",
      };
  }
}

/** validateAdmissionPluginConfig decodes the configuration of this plugin alone. */
const isPodSecurity = (config: Json): boolean =>
  at(config, "/kind") === "PodSecurityConfiguration" &&
  /^pod-security\.admission\.config\.k8s\.io\/v1(?:alpha1|beta1)?$/.test(text(at(config, "/apiVersion")) ?? "");

function* apiProblems(
  server: Json,
  version: string,
  newest: string | undefined,
  hasWorkers: boolean,
  groupVersions: Catalog,
): Generator<Problem> {
  const config = at(server, "/runtimeConfig");
  if (!isObject(config)) return;
  for (const [api, enabled] of Object.entries(config)) {
    const path = [...place, "runtimeConfig", api];
    const parts = api.split("/");
    const known = rowOf(groupVersions, parts[0] === "v1" ? "v1" : parts.slice(0, 2).join("/"));
    if (parts.length > 3) yield { path, ...unknownName("API group version", undefined) };
    else if (known === undefined) yield { path, ...unknownName("API group version", newest) };
    // Which resources a group version has is not known here, but a needed one has none that could be switched off.
    else if (!isWithin(version, known.from, known.before))
      yield { path, message: `is not supported in Kubernetes version ${version}` };
    else if (enabled !== true && (known.needed === "always" || (known.needed === "workers" && hasWorkers)))
      yield { path, message: "cannot be disabled" };
  }
}
