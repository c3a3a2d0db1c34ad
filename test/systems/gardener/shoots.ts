import { dump } from "js-yaml";
import { analyze, type AnalyzeOptions, type Effect, type Report } from "../../../src/index.ts";

/** A plain value of a manifest. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainObject = { readonly [key: string]: Plain };

export const worker = (name: string, more: PlainObject = {}): PlainObject => ({
  name,
  minimum: 2,
  maximum: 4,
  machine: { type: "m5.large", image: { name: "gardenlinux", version: "1592.9.0" } },
  volume: { type: "gp3", size: "50Gi" },
  zones: ["eu-west-1a", "eu-west-1b"],
  ...more,
});

const zone = (name: string, octet: number): PlainObject => ({
  name,
  workers: `10.250.${octet}.0/20`,
  public: `10.250.${octet + 16}.0/22`,
  internal: `10.250.${octet + 20}.0/22`,
});

/** A Shoot on AWS with two pools; `set` replaces places, named by pointers. */
export function shoot(
  set: PlainObject = {},
  workers: readonly PlainObject[] = [worker("a"), worker("b")],
): PlainObject {
  const base: PlainObject = {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name: "payments", namespace: "garden-prod" },
    spec: {
      cloudProfile: { kind: "CloudProfile", name: "aws" },
      credentialsBindingName: "credentials",
      region: "eu-west-1",
      purpose: "production",
      kubernetes: { version: "1.33.2" },
      networking: { type: "calico", pods: "100.96.0.0/11", services: "100.64.0.0/13", nodes: "10.250.0.0/16" },
      provider: {
        type: "aws",
        infrastructureConfig: {
          apiVersion: "aws.provider.extensions.gardener.cloud/v1alpha1",
          kind: "InfrastructureConfig",
          networks: {
            vpc: { cidr: "10.250.0.0/16" },
            zones: [zone("eu-west-1a", 0), zone("eu-west-1b", 64), zone("eu-west-1c", 128)],
          },
        },
        controlPlaneConfig: {
          apiVersion: "aws.provider.extensions.gardener.cloud/v1alpha1",
          kind: "ControlPlaneConfig",
        },
        workers,
      },
      maintenance: { timeWindow: { begin: "220000+0100", end: "230000+0100" } },
    },
  };
  return Object.entries(set).reduce<PlainObject>(
    (value, [pointer, item]) => put(value, segmentsOf(pointer), item) as PlainObject,
    base,
  );
}

const segmentsOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/"));

/** A copy with `item` at a place; undefined items are left out by `remove`. */
export function put(value: Plain | undefined, [segment, ...rest]: readonly string[], item: Plain): Plain {
  if (segment === undefined) return item;
  if (Array.isArray(value)) {
    const list = value as readonly Plain[];
    const index = list.findIndex((one) => (one as PlainObject)["name"] === segment);
    const at = index >= 0 ? index : Number(segment);
    const changed = put(list[at], rest, item);
    return at < list.length ? list.with(at, changed) : [...list, changed];
  }
  const object = (typeof value === "object" && value !== null ? value : {}) as PlainObject;
  return { ...object, [segment]: put(object[segment], rest, item) };
}

/** The same change on a Shoot: `undefined` removes a place, which a null does under an apply. */
export const changed = (base: PlainObject, set: PlainObject): PlainObject =>
  Object.entries(set).reduce<PlainObject>(
    (value, [pointer, item]) => put(value, segmentsOf(pointer), item) as PlainObject,
    base,
  );

const encoder = new TextEncoder();
const side = (label: string, objects: readonly PlainObject[]) => ({
  label,
  files: [
    {
      path: `${label}.yaml`,
      bytes: encoder.encode(objects.map((object) => dump(object, { noRefs: true })).join("---\n")),
    },
  ],
});

export const compare = (
  base: readonly PlainObject[],
  head: readonly PlainObject[],
  options: AnalyzeOptions = {},
): Report => analyze(side("base", base), side("head", head), options);

/** Pool to effect; `none` where the report does not list it. */
export function effectsOf(base: PlainObject, head: PlainObject, options: AnalyzeOptions = {}): Record<string, Effect> {
  const { pools } = compare([base], [head], options);
  return Object.fromEntries(pools.map(({ pool, effect }) => [pool, effect]));
}
