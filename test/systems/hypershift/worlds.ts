import * as fc from "fast-check";
import type { Json, JsonObject } from "../../../src/manifests/manifest.ts";
import { change, put } from "./judge.ts";
import { clusterOf, type Platform, platforms, poolOf, type UpgradeType } from "./objects.ts";

/** A HostedCluster, its NodePools, and the ConfigMaps that they name. */
export interface World {
  readonly platform: Platform;
  readonly cluster: JsonObject;
  readonly pools: readonly JsonObject[];
  readonly configs: readonly JsonObject[];
}
export const objectsOf = ({ cluster, pools, configs }: World): JsonObject[] => [cluster, ...pools, ...configs];

/** One edit of one object; two edits of the same place are never combined. */
export interface Edit {
  readonly place: string;
  readonly apply: (world: World) => World;
}

const machineConfig = (name: string, kernelArgument: string): string =>
  [
    "apiVersion: machineconfiguration.openshift.io/v1",
    "kind: MachineConfig",
    "metadata:",
    `  name: ${name}`,
    "spec:",
    `  kernelArguments: [${kernelArgument}]`,
    "",
  ].join("\n");

const configMap = (name: string, kernelArgument: string): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "clusters" },
  data: { config: machineConfig(`50-${name}`, kernelArgument) },
});

const configNames = ["kernel", "audit"] as const;

/** Worlds of every platform with up to three pools of any upgrade type. */
export const world: fc.Arbitrary<World> = fc
  .record({
    platform: fc.constantFrom(...(Object.keys(platforms) as Platform[])),
    pools: fc.array(
      fc.record({
        upgrade: fc.constantFrom<UpgradeType>("Replace", "OnDelete", "InPlace"),
        replicas: fc.integer({ min: 0, max: 9 }),
        configs: fc.subarray([...configNames]),
        labels: fc.dictionary(fc.constantFrom("team", "tier"), fc.constantFrom("a", "b")),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    proxy: fc.option(fc.constantFrom("http://proxy.example.com:3128", "http://other.example.com:3128")),
    argument: fc.constantFrom("quiet", "nosmt"),
  })
  .map(({ platform, pools, proxy, argument }) => ({
    platform,
    cluster: change(clusterOf(platform), {
      "spec/configuration": proxy === null ? undefined : { proxy: { httpProxy: proxy, noProxy: ".corp" } },
    }),
    pools: pools.map(({ upgrade, replicas, configs, labels }, index) =>
      change(poolOf(platform, upgrade, `pool-${index}`), {
        "spec/replicas": replicas,
        "spec/nodeLabels": labels,
        "spec/config": configs.length === 0 ? undefined : configs.map((name) => ({ name })),
      }),
    ),
    configs: configNames.map((name) => configMap(name, argument)),
  }));

const ofPool = (path: string, value: Json | undefined): Edit => ({
  place: `pool ${path}`,
  apply: (before) => ({
    ...before,
    pools: before.pools.map((pool, index) => (index === 0 ? put(pool, path, value) : pool)),
  }),
});
const ofCluster = (path: string, value: Json | undefined): Edit => ({
  place: `cluster ${path}`,
  apply: (before) => ({ ...before, cluster: put(before.cluster, path, value) }),
});
const ofConfig = (index: number, argument: string): Edit => ({
  place: `config ${index}`,
  apply: (before) => ({
    ...before,
    configs: before.configs.map((config, at) =>
      at === index ? configMap(configNames[index] ?? "", argument) : config,
    ),
  }),
});

/** Edits of every strength: refused, replacing, in place, for new nodes, of the number of nodes, and of no effect. */
export const edits: readonly Edit[] = [
  ofPool("spec/arch", "s390x"),
  ofPool("spec/clusterName", "other"),
  ofPool("spec/replicas", 12),
  ofPool("spec/nodeDrainTimeout", "45s"),
  ofPool("spec/nodeLabels", { zone: "x" }),
  ofPool("spec/taints", [{ key: "a", value: "b", effect: "NoSchedule" }]),
  ofPool("spec/management/autoRepair", true),
  ofPool("spec/platform/aws/instanceType", "m6i.large"),
  ofPool("spec/platform/aws/ami", "ami-1"),
  ofPool("spec/platform/aws/resourceTags", [{ key: "cost-center", value: "1" }]),
  ofPool("spec/platform/azure/vmSize", "Standard_D2s_v5"),
  ofPool("spec/platform/kubevirt/compute", { cores: 16 }),
  ofPool("spec/platform/openstack/availabilityZone", "nova-z"),
  ofPool("spec/platform/gcp/zone", "us-central1-z"),
  ofPool("spec/platform/agent/agentLabelSelector", {}),
  ofPool("spec/unheardOf", 1),
  ofPool("metadata/labels", { a: "b" }),
  ofCluster("spec/pullSecret", { name: "another" }),
  ofCluster("spec/platform/aws/resourceTags", [{ key: "owner", value: "me" }]),
  ofCluster("spec/infraID", "another"),
  ofCluster("spec/fips", true),
  ofCluster("spec/channel", "fast-4.20"),
  ofCluster("spec/additionalTrustBundle", { name: "ca" }),
  ofCluster("spec/imageContentSources", [{ source: "quay.io/a", mirrors: ["mirror.example.com/a"] }]),
  ofCluster("spec/networking", { apiServer: { port: 7443 } }),
  ofCluster("spec/platform/aws/endpointAccess", "Private"),
  ofCluster("spec/autoscaling", { maxNodesTotal: 9 }),
  ofPool("spec/release/image", "quay.io/openshift-release-dev/ocp-release:4.20.6-multi"),
  ofPool("metadata/annotations/hypershift.openshift.io~1haproxy-image", "registry.example.com/haproxy:1"),
  ofCluster("spec/configuration", { proxy: { httpsProxy: "http://new.example.com:3128" } }),
  ofConfig(0, "debug"),
  ofConfig(1, "debug"),
];

/** What the API server or the controller fills in by itself, as the facts say; none of it may differ from absent. */
export const writtenDefaults: Readonly<Record<Platform | "all", readonly Edit[]>> = {
  all: [
    ofPool("spec/arch", "amd64"),
    ofPool("spec/management/autoRepair", false),
    ofCluster("spec/capabilities", {}),
    ofCluster("spec/olmCatalogPlacement", "management"),
    ofCluster("spec/controllerAvailabilityPolicy", "HighlyAvailable"),
    ofCluster("spec/issuerURL", "https://kubernetes.default.svc"),
  ],
  AWS: [
    ofPool("spec/platform/aws/instanceProfile", "prod-7xk2p-worker-profile"),
    ofPool("spec/platform/aws/imageType", "Linux"),
    ofPool("spec/platform/aws/placement", {}),
    ofPool("spec/platform/aws/resourceTags", []),
  ],
  Azure: [
    ofPool("spec/platform/azure/encryptionAtHost", "Enabled"),
    ofPool("spec/platform/azure/osDisk/persistence", "Persistent"),
  ],
  KubeVirt: [
    ofPool("spec/platform/kubevirt/compute/qosClass", "Burstable"),
    ofPool("spec/platform/kubevirt/attachDefaultNetwork", true),
    ofPool("spec/platform/kubevirt/networkInterfaceMultiqueue", "Enable"),
    ofPool("spec/platform/kubevirt/rootVolume/cacheStrategy", { type: "None" }),
  ],
  OpenStack: [ofPool("spec/platform/openstack/imageName", "")],
  GCP: [
    ofPool("spec/platform/gcp/bootDisk", { diskSizeGB: 64, diskType: "pd-balanced" }),
    ofPool("spec/platform/gcp/onHostMaintenance", "MIGRATE"),
    ofPool("spec/platform/gcp/provisioningModel", "Standard"),
  ],
  PowerVS: [ofPool("spec/platform/powervs/memoryGiB", 32), ofPool("spec/platform/powervs/processorType", "shared")],
  Agent: [],
  None: [],
};
