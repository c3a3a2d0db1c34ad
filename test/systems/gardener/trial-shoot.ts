import { analyze, type AnalyzeOptions } from "../../../src/index.ts";
import type { Report } from "../../../src/report/report.ts";

/** Any part of a manifest. */
export type Part = { readonly [key: string]: unknown };

const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null && !Array.isArray(value);

/** Members are joined at every depth; undefined takes one away. */
export function joined(base: Part, change: Part): Part {
  const all: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = all[key];
    all[key] = isPart(before) && isPart(value) ? joined(before, value) : value;
  }
  return all;
}

export interface TrialShoot {
  readonly provider: string;
  readonly kubernetes?: string;
  /** Over the defaults of the pool `cpu`. */
  readonly worker?: Part;
  /** Instead of the one pool. */
  readonly workers?: readonly Part[];
  readonly infrastructure?: Part;
  readonly spec?: Part;
  readonly annotations?: Part;
}

export const workerOf = (change: Part = {}): Part =>
  joined(
    {
      name: "cpu",
      machine: { type: "large", image: { name: "gardenlinux", version: "1877.4.0" } },
      minimum: 2,
      maximum: 4,
      volume: { type: "fast", size: "50Gi" },
      zones: ["z1", "z2"],
    },
    change,
  );

/** A `providerConfig` of a worker, with its kind. */
export const workerConfig = (provider: string, fields: Part = {}): Part => ({
  apiVersion: `${provider}.provider.extensions.gardener.cloud/v1alpha1`,
  kind: "WorkerConfig",
  ...fields,
});

const shootOf = ({ provider, kubernetes = "1.35.1", worker, workers, infrastructure, spec, annotations }: TrialShoot) =>
  joined(
    {
      apiVersion: "core.gardener.cloud/v1beta1",
      kind: "Shoot",
      metadata: { name: "trial", namespace: "garden-trial", ...(annotations === undefined ? {} : { annotations }) },
      spec: {
        region: "region",
        kubernetes: { version: kubernetes },
        networking: { type: "calico", nodes: "10.250.0.0/16" },
        provider: {
          type: provider,
          ...(infrastructure === undefined
            ? {}
            : {
                infrastructureConfig: {
                  apiVersion: `${provider}.provider.extensions.gardener.cloud/v1alpha1`,
                  kind: "InfrastructureConfig",
                  ...infrastructure,
                },
              }),
          workers: workers ?? [workerOf(worker)],
        },
      },
    },
    { spec: spec ?? {} },
  );

const side = (label: string, shoot: TrialShoot) => ({
  label,
  files: [{ path: "shoot.yaml", bytes: new TextEncoder().encode(JSON.stringify(shootOf(shoot), null, 2)) }],
});

/** What a change of a Shoot does. */
export const reportOf = (base: TrialShoot, head: TrialShoot, options: AnalyzeOptions = {}): Report =>
  analyze(side("base", base), side("head", head), options);

/** Why a change of a Shoot is refused: what is said of its first pool. */
export const refusalsOf = (base: TrialShoot, head: Partial<TrialShoot>, options: AnalyzeOptions = {}): string[] =>
  (reportOf(base, { ...base, ...head }, options).pools[0]?.causes ?? []).flatMap(({ effect, because }) =>
    effect === "rejected" ? [because] : [],
  );

/** The effect on each pool. */
export const effectsOf = (base: TrialShoot, head: TrialShoot, options: AnalyzeOptions = {}): Record<string, string> =>
  Object.fromEntries(reportOf(base, head, options).pools.map(({ pool, effect }) => [pool, effect]));

/** The effect on the pool `cpu` when the head differs from the base as said; `none` when nothing touches it. */
export const effectOf = (base: TrialShoot, head: Partial<TrialShoot>, options: AnalyzeOptions = {}): string =>
  effectsOf(base, { ...base, ...head }, options)["cpu"] ?? "none";

/** What gives a Shoot on OpenStack these classes of load balancers. */
export const loadBalancerClasses = (...classes: readonly Part[]): Partial<TrialShoot> => ({
  spec: {
    provider: {
      controlPlaneConfig: {
        apiVersion: "openstack.provider.extensions.gardener.cloud/v1alpha1",
        kind: "ControlPlaneConfig",
        loadBalancerProvider: "haproxy",
        loadBalancerClasses: classes,
      },
    },
  },
});
