import type { Json } from "../../../manifests/manifest.ts";
import { isObject } from "../../../rules/path.ts";
import { isWithin } from "../../../rules/version.ts";
import type { Problem } from "../api/problems.ts";
import { admissionPlugins, apiGroupVersions } from "./kubernetes-apis.ts";
import { at, items, text, workersOf } from "../shoot.ts";
import { newIn } from "./shoot-problems.ts";

const place = ["spec", "kubernetes", "kubeAPIServer"];

/** What ValidateKubeAPIServer asks of admission plugins, API versions and structured authorization. */
export const kubeApiServerValues = newIn(function* (shoot): Generator<Problem> {
  const server = at(shoot, "/spec/kubernetes/kubeAPIServer");
  const version = text(at(shoot, "/spec/kubernetes/version"));
  if (server === undefined || version === undefined || version === "") return;
  yield* pluginProblems(server, version);
  yield* apiProblems(server, version, workersOf(shoot).length > 0);
  const authorization = at(server, "/structuredAuthorization");
  if ((text(at(authorization, "/configMapName")) ?? "") !== "" && items(at(authorization, "/kubeconfigs")).length === 0)
    yield {
      path: [...place, "structuredAuthorization", "kubeconfigs"],
      message: "must be set where an authorization configuration is",
    };
});

/** A row of a list: its words, and whether a Kubernetes version has it. */
interface Row {
  readonly has: (word: string) => boolean;
  readonly needed: string | undefined;
  readonly isIn: (version: string) => boolean;
}

const lists = new Map<string, ReadonlyMap<string, Row>>();

function rowsOf(list: string): ReadonlyMap<string, Row> {
  let rows = lists.get(list);
  if (rows === undefined) lists.set(list, (rows = new Map(list.trim().split("\n").map(rowOf))));
  return rows;
}

function rowOf(line: string): [string, Row] {
  const [name = "", ...words] = line.split(" ");
  const word = (key: string): string | undefined =>
    words.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1);
  const [from, before] = [word("from"), word("before")];
  const isIn = (version: string): boolean => isWithin(version, from, before);
  return [name, { has: (one) => words.includes(one), needed: word("needed"), isIn }];
}

function* pluginProblems(server: Json, version: string): Generator<Problem> {
  for (const plugin of items(at(server, "/admissionPlugins"))) {
    const name = text(at(plugin, "/name"));
    // A plugin without a name is refused by the shape.
    if (name === undefined || name === "") return;
    const path = [...place, "admissionPlugins", name];
    const known = rowsOf(admissionPlugins).get(name);
    if (known === undefined) yield { path, message: "unknown admission plugin" };
    else if (!known.isIn(version)) yield { path, message: `is not supported in Kubernetes version ${version}` };
    else {
      if (at(plugin, "/config") !== undefined && !known.has("config"))
        yield { path: [...path, "config"], message: "this admission plugin takes no configuration" };
      if (at(plugin, "/disabled") === true && known.has("required")) yield { path, message: "cannot be disabled" };
      if (at(plugin, "/kubeconfigSecretName") !== undefined && !known.has("kubeconfig"))
        yield { path: [...path, "kubeconfigSecretName"], message: "this admission plugin takes no kubeconfig" };
    }
  }
}

function* apiProblems(server: Json, version: string, hasWorkers: boolean): Generator<Problem> {
  const config = at(server, "/runtimeConfig");
  if (!isObject(config)) return;
  for (const [api, enabled] of Object.entries(config)) {
    const path = [...place, "runtimeConfig", api];
    const parts = api.split("/");
    const known = rowsOf(apiGroupVersions).get(parts[0] === "v1" ? "v1" : parts.slice(0, 2).join("/"));
    if (known === undefined || parts.length > 3) yield { path, message: "unknown API group version" };
    // Which resources a group version has is not known here.
    else if (parts.length > (parts[0] === "v1" ? 1 : 2)) continue;
    else if (!known.isIn(version)) yield { path, message: `is not supported in Kubernetes version ${version}` };
    else if (enabled !== true && (known.needed === "always" || (known.needed === "workers" && hasWorkers)))
      yield { path, message: "cannot be disabled" };
  }
}
