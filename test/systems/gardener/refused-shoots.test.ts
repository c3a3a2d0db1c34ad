import { test } from "node:test";
import { expectEffects, expectReasons, expectRefusals, pool, spec } from "./expect.ts";
import type { PlainObject } from "./shoots.ts";

const manager = "/spec/kubernetes/kubeControllerManager";
const server = "/spec/kubernetes/kubeAPIServer";
const families = "/spec/networking/ipFamilies";
const availability = "/spec/controlPlane/highAvailability/failureTolerance/type";

const zones = (type: "node" | "zone", ...list: readonly string[]): PlainObject => ({
  "/spec/controlPlane": { highAvailability: { failureTolerance: { type } }, zones: list },
});

test("a Shoot says its provider, a purpose that its namespace has, and each IP family once", () => {
  expectReasons([
    [{ "/spec/provider/type": null }, "must specify a provider type"],
    [{ "/spec/purpose": "infrastructure" }, "infrastructure is for the garden namespace only"],
    [{ [families]: ["IPv4", "IPv4"] }, "an IP family is listed twice"],
  ]);
  expectReasons([[{ "/spec/purpose": "infrastructure" }, "infrastructure is for the garden namespace only"]], {
    "/metadata/namespace": "garden-core",
  });
  expectEffects([
    {
      base: { "/metadata/namespace": "garden" },
      set: { "/spec/purpose": "infrastructure" },
      // Which purposes have node logging is for the operator to know.
      a: "unknown",
      b: "unknown",
    },
  ]);
});

test("a self-hosted Shoot keeps its one pool for the control plane, and does not hibernate", () => {
  const own = "/spec/provider/workers/a/controlPlane";
  const other = "/spec/provider/workers/b/controlPlane";
  expectReasons(
    [
      [{ "/spec/hibernation": { enabled: true } }, "hibernation is not supported for self-hosted shoots"],
      [{ [other]: {} }, "cannot have more than one worker pool marked for control plane components"],
      [{ [own]: null, [other]: {} }, "cannot change control plane worker pool"],
    ],
    { "/metadata/namespace": "garden", [own]: {} },
  );
});

test("masks of node networks go with the IP families", () => {
  const ipv6 = {
    [families]: ["IPv6"],
    "/spec/networking/nodes": "2001:db8::/48",
    "/spec/networking/pods": "2001:db8:1::/48",
    "/spec/networking/services": "2001:db8:2::/112",
  };
  const dual = { [families]: ["IPv4", "IPv6"] };
  expectReasons([
    [{ [`${manager}/nodeCIDRMaskSize`]: 15 }, "must be between 16 and 28"],
    [{ [`${manager}/nodeCIDRMaskSize`]: 29 }, "must be between 16 and 28"],
    [{ [`${manager}/nodeCIDRMaskSizeIPv6`]: 64 }, "cannot be set for IPv4 single-stack clusters"],
  ]);
  const single = "must be between 64 and 124 for IPv6 single-stack clusters";
  expectReasons(
    [
      [{ [`${manager}/nodeCIDRMaskSize`]: 63 }, single],
      [{ [`${manager}/nodeCIDRMaskSize`]: 125 }, single],
      [
        { [manager]: { nodeCIDRMaskSize: 80, nodeCIDRMaskSizeIPv6: 80 } },
        "cannot be set beside nodeCIDRMaskSizeIPv6 for single-stack clusters",
      ],
    ],
    ipv6,
  );
  expectReasons([[{ [`${manager}/nodeCIDRMaskSizeIPv6`]: 125 }, "must be between 64 and 124"]], dual);
});

test("nftables needs its feature gate", () => {
  const proxy = (gate: boolean): PlainObject => ({
    "/spec/kubernetes/kubeProxy": { mode: "NFTables", featureGates: { NFTablesProxyMode: gate } },
  });
  const base = { "/spec/kubernetes/version": "1.32.4" };
  expectReasons(
    [[proxy(false), "NFTables mode cannot be used when feature gate NFTablesProxyMode is set to false"]],
    base,
  );
});

test("a control plane stands in one zone, or in three where it is to outlive a zone", () => {
  expectReasons([
    [zones("node", "a", "b"), "exactly 1 unique zone(s) must be specified"],
    [zones("zone", "a", "b"), "exactly 3 unique zone(s) must be specified"],
    [zones("zone", "a", "b", "b"), "exactly 3 unique zone(s) must be specified"],
    [zones("zone", "a", "a", "b", "c"), "exactly 3 unique zone(s) must be specified"],
  ]);
});

test("the zones of a control plane stay, and new ones come only with a tolerance for the loss of a zone", () => {
  expectReasons([[zones("node", "b"), "field is immutable"]], zones("node", "a"));
  const one = { "/spec/controlPlane": { zones: ["a"] } };
  expectReasons([[zones("zone", "b", "c", "d"), "existing zones cannot be removed"]], one);
  expectEffects([{ base: one, set: zones("zone", "a", "b", "c") }]);
});

test("a control plane does not become highly available while it sleeps", () => {
  const refused = "a Shoot that is hibernated or waking up cannot be scaled up to a highly available control plane";
  const zone = { [availability]: "zone" };
  const awake = { "/spec/hibernation": { enabled: false } };
  expectReasons(
    [
      [zone, refused],
      [{ ...zone, ...awake }, refused],
    ],
    { "/spec/hibernation": { enabled: true } },
  );
  expectEffects([{ base: awake, set: zone }]);
});

test("two names of one setting of the autoscaler say the same", () => {
  const autoscaler = (parallelism: number, bulk: number): PlainObject => ({
    "/spec/kubernetes/clusterAutoscaler": { maxScaleDownParallelism: parallelism, maxEmptyBulkDelete: bulk },
  });
  const base = { "/spec/kubernetes/version": "1.32.4" };
  expectReasons([[autoscaler(5, 6), "must equal maxScaleDownParallelism"]], base);
  expectEffects([{ base, set: autoscaler(5, 5) }]);
});

test("tokens of service accounts live for a month at the least, and their issuer is named once", () => {
  const account = (fields: PlainObject): PlainObject => ({ [`${server}/serviceAccountConfig`]: fields });
  const issuer = "https://issuer.example.org";
  expectReasons([
    [account({ maxTokenExpiration: "719h" }), "must be at least 720h (30d)"],
    [account({ issuer, acceptedIssuers: [issuer] }), "must not hold the issuer itself"],
  ]);
  expectEffects([{ set: account({ maxTokenExpiration: "720h" }) }]);
});

test("what is encrypted does not change in its sleep, nor together with how", () => {
  const encrypted = (fields: PlainObject): PlainObject => ({ [`${server}/encryptionConfig`]: fields });
  const [configMaps, secretbox] = [{ resources: ["configmaps"] }, { provider: { type: "secretbox" } }];
  expectReasons([[encrypted({ ...configMaps, ...secretbox }), "cannot be changed together with the resources"]]);
  expectReasons([[encrypted(configMaps), "cannot be changed while the Shoot is hibernated"]], {
    "/spec/hibernation": { enabled: true },
  });
});

test("admission plugins and API versions are those of the Kubernetes version, with what they take", () => {
  const plugin = (fields: PlainObject): PlainObject => ({ [`${server}/admissionPlugins`]: [fields] });
  expectReasons([
    [plugin({ name: "Nobody" }), "unknown admission plugin"],
    [plugin({ name: "PodGroupProtection" }), "is not supported in Kubernetes version 1.33.2"],
    [plugin({ name: "AlwaysPullImages", config: { a: 1 } }), "this admission plugin takes no configuration"],
    [plugin({ name: "NodeRestriction", disabled: true }), "cannot be disabled"],
    [plugin({ name: "AlwaysPullImages", kubeconfigSecretName: "s" }), "this admission plugin takes no kubeconfig"],
    [{ [`${server}/runtimeConfig`]: { "nobody/v1": true } }, "unknown API group version"],
    [{ [`${server}/runtimeConfig`]: { "apps/v1/deployments/scale": true } }, "unknown API group version"],
    [{ [`${server}/runtimeConfig`]: { "resource.k8s.io/v1": true } }, "is not supported in Kubernetes version 1.33.2"],
    [{ [`${server}/runtimeConfig`]: { v1: false } }, "cannot be disabled"],
  ]);
});

test("the dashboard takes tokens alone, where it is on", () => {
  const dashboard = (enabled: boolean): PlainObject => ({
    "/spec/addons": { kubernetesDashboard: { enabled, authenticationMode: "basic" } },
  });
  const base = { "/spec/purpose": "evaluation" };
  expectReasons([[dashboard(true), "must be token"]], base);
  expectEffects([{ base, set: dashboard(false) }]);
});

test("the primary DNS provider stays, and stays what it is", () => {
  const provider = (type: string, primary = true): PlainObject => ({ type, secretName: "dns", primary });
  const base = { "/spec/dns": { domain: "orders.example.org", providers: [provider("aws-route53")] } };
  const providers = (...list: readonly PlainObject[]): PlainObject => ({ "/spec/dns/providers": list });
  expectReasons(
    [
      [providers(), "removing a primary provider is not allowed"],
      [providers(provider("google-clouddns")), "changing or removing the primary provider type is not allowed"],
      [{ "/spec/dns": null }, "dns cannot be removed"],
    ],
    base,
  );
  // Admission marks it again.
  expectEffects([{ base, set: providers(provider("aws-route53", false)) }]);
});

test("the values of a pool go with each other", () => {
  const dataAlone = {
    "/spec/provider/workers/a/dataVolumes": [{ name: "data", size: "10Gi", type: "gp3" }],
    "/spec/provider/workers/a/volume": null,
  };
  const cri = (...types: readonly string[]): PlainObject[] =>
    pool("cri", { name: "containerd", containerRuntimes: types.map((type) => ({ type })) });
  expectReasons([
    ...pool("taints", [{ key: "", effect: "NoSchedule" }]).map((set) => [set, "name part must be non-empty"] as const),
    ...pool("volume", { type: "gp3" }).map((set) => [set, "volume size must match the regex"] as const),
    [dataAlone, "a worker volume must be defined if data volumes are defined"],
    ...pool("dataVolumes", [{ name: "data", type: "gp3" }]).map(
      (set) => [set, "data volume size must match the regex"] as const,
    ),
    ...cri("").map((set) => [set, "must specify a container runtime type"] as const),
    ...cri("gvisor", "gvisor").map((set) => [set, "container runtime types must be unique"] as const),
  ]);
});

test("pools have names of their own, and one of them has room for what every zone needs", () => {
  const worker = (name: string, maximum: number): PlainObject => ({
    name,
    minimum: 1,
    maximum,
    machine: { type: "m5.large", image: { name: "gardenlinux", version: "1592.9.0" } },
    volume: { type: "gp3", size: "50Gi" },
    zones: ["eu-west-1a", "eu-west-1b"],
  });
  expectReasons([
    [{ "/spec/provider/workers": [worker("a", 2), worker("b", 2), worker("a", 2)] }, 'duplicate worker name "a"'],
    [
      { "/spec/provider/workers": [worker("a", 1), worker("b", 1)] },
      "maximum node count should be greater than or equal to the number of zones",
    ],
    [
      { "/spec/provider/workers": [worker("a", 0), worker("b", 0)].map((one) => ({ ...one, minimum: 0 })) },
      "at least one active (maximum > 0) worker pool with systemComponents.allow=true needed",
    ],
    [{ "/spec/provider/workers": { a: worker("a", 2) } }, "must be a list"],
  ]);
  expectRefusals(spec("provider/workers", [worker("a", 0), worker("b", 1)]));
});
