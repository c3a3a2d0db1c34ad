import type { Report } from "../../src/report/report.ts";
import { cause, pool, report } from "./build-report.ts";

/** A Kubernetes minor version, a machine type, a scale, a paused pool: what a day's pull request looks like. */
export function small(): Report {
  const minor = cause();
  const machine = cause({
    rule: "gardener/machine-type",
    path: "/spec/provider/workers/gpu/machine/type",
    before: "p3.2xlarge",
    after: "p4d.24xlarge",
    because: "The machine type changes from p3.2xlarge to p4d.24xlarge",
    line: 61,
    source: "gardener/gardener@b312835d extensions/pkg/controller/worker/machines.go WorkerPoolHash",
  });
  const surge = cause({
    rule: "gardener/max-surge",
    effect: "none",
    path: "/spec/provider/workers/cpu/maxSurge",
    before: "1",
    after: "2",
    because: "maxSurge only says how fast a rolling update goes",
    line: 44,
    source: null,
  });
  return report(
    [
      pool("cpu", { causes: [minor], checked: [surge] }),
      pool("gpu", {
        causes: [minor, machine],
        nodes: { minimum: 0, maximum: 8, surge: "25%", unavailable: "0", strategy: "AutoRollingUpdate" },
      }),
      pool("ingest", {
        cluster: "search",
        causes: [
          cause({
            rule: "gardener/maximum",
            effect: "scale",
            path: "/spec/provider/workers/ingest/maximum",
            before: "4",
            after: "6",
            because: "The most nodes that the autoscaler may start",
            file: "shoots/search.yaml",
            line: 30,
            object: "Shoot garden-prod/search",
            source: null,
          }),
        ],
        nodes: { minimum: 3, maximum: 6, surge: "1", unavailable: "0", strategy: "AutoRollingUpdate" },
      }),
      pool("system", { cluster: "search" }),
      pool("batch", {
        system: "hypershift",
        kind: "NodePool",
        namespace: "clusters",
        cluster: "mlops",
        effects: [],
        effect: "none",
        pending: { effect: "replace", until: "unpaused", reason: 'spec.pausedUntil is "true"' },
        causes: [
          cause({
            rule: "hypershift/release-image",
            path: "/spec/release/image",
            before: "quay.io/openshift-release-dev/ocp-release:4.20.4-multi",
            after: "quay.io/openshift-release-dev/ocp-release:4.20.8-multi",
            because: "The release image names another version (4.20.4 -> 4.20.8)",
            file: "hypershift/mlops/batch.yaml",
            line: 9,
            object: "NodePool clusters/batch",
            source: "openshift/hypershift@3ee9615567 hypershift-operator/controllers/nodepool/config.go Hash",
          }),
        ],
        nodes: { minimum: 5, maximum: 5, surge: "1", unavailable: "0", strategy: "Replace/RollingUpdate" },
      }),
    ],
    {
      objects: [
        {
          object: "Shoot garden-prod/payments",
          change: "modified",
          file: "shoots/payments.yaml",
          patch: [{ op: "replace", path: "/spec/kubernetes/version", value: "1.34.1" }],
        },
      ],
    },
  );
}

/** One change of a HostedCluster that reaches every one of many NodePools. */
export function fanOut(count: number): Report {
  const proxy = cause({
    rule: "hypershift/proxy",
    path: "/spec/configuration/proxy/httpsProxy",
    before: "http://proxy-a.corp.example:3128",
    after: "http://proxy-b.corp.example:3128",
    because: "The proxy is part of every node's ignition payload",
    file: "clusters/prod/hosted-cluster.yaml",
    line: 52,
    object: "HostedCluster clusters/prod",
    source: "openshift/hypershift@3ee9615567 hypershift-operator/controllers/nodepool/config.go Hash",
  });
  return report(
    Array.from({ length: count }, (_, index) =>
      pool(`workers-${String(index + 1).padStart(3, "0")}`, {
        system: "hypershift",
        kind: "NodePool",
        namespace: "clusters",
        cluster: "prod",
        causes: [proxy],
        nodes: { minimum: 3, maximum: 3, surge: "1", unavailable: "0", strategy: "Replace/RollingUpdate" },
      }),
    ),
  );
}

/** Every effect, a refusal with a way out, a rename, an unreadable file. */
export function everyKind(): Report {
  const refused = cause({
    rule: "gardener/region-immutable",
    effect: "rejected",
    path: "/spec/region",
    before: "eu-west-1",
    after: "eu-central-1",
    because: "A Shoot's region cannot change",
    instead: "create a new Shoot in eu-central-1 and move the workload",
    file: "shoots/legacy.yaml",
    line: 9,
    object: "Shoot garden-prod/legacy",
  });
  const kubelet = (effect: "inplace" | "inplace-drain" | "on-delete" | "unknown" | "new-nodes-only") =>
    cause({ effect, rule: `gardener/sample-${effect}`, because: `A change of the kind ${effect}`, source: null });
  const gone = cause({
    effect: "delete",
    rule: "gardener/pool-removed",
    because: "The pool is not in the head",
    path: "/spec/provider/workers/old",
    before: "{…}",
    after: null,
    source: null,
  });
  const born = cause({
    effect: "create",
    rule: "gardener/pool-added",
    because: "The pool is new",
    path: "/spec/provider/workers/new",
    before: null,
    after: "{…}",
    source: null,
  });
  return report(
    [
      pool("a", { cluster: "legacy", causes: [refused] }),
      pool("b", { cluster: "legacy", causes: [refused] }),
      pool("old", { causes: [gone], renamedTo: "new" }),
      pool("new", { causes: [born], renamedFrom: "old" }),
      pool("drained", {
        causes: [kubelet("inplace-drain")],
        nodes: { minimum: 3, maximum: 3, surge: "0", unavailable: "1", strategy: "AutoInPlaceUpdate" },
      }),
      pool("manual", { causes: [kubelet("on-delete")] }),
      pool("odd", { causes: [kubelet("unknown")] }),
      pool("kubelet", { causes: [kubelet("inplace")] }),
      pool("later", { causes: [kubelet("new-nodes-only")] }),
      pool("window", {
        causes: [cause()],
        pending: {
          effect: "replace",
          until: "maintenance-window",
          reason: "spec.maintenance.confineSpecUpdateRollout is true",
        },
      }),
    ],
    {
      complete: false,
      diagnostics: [
        {
          severity: "error",
          code: "yaml-syntax",
          message: "mapping values are not allowed here. Fix the file, or leave it out with `paths`.",
          file: "shoots/broken.yaml",
          line: 12,
        },
        {
          severity: "warning",
          code: "duplicate-key",
          message: "The key spec.kubernetes stands twice; the last one counts.",
          file: "shoots/payments.yaml",
          line: 20,
        },
      ],
    },
  );
}

/** A change that the API server refuses, with what else it asks for. */
export const refusedRollout: Report = report([
  pool("cpu", {
    causes: [cause({ effect: "rejected", because: "Region is immutable", path: "/spec/region" }), cause()],
    effects: ["rejected"],
  }),
]);
