import type { Json, JsonObject } from "../../../src/manifests/manifest.ts";

const apiVersion = "hypershift.openshift.io/v1beta1";

/** The platform section of a pool and of its cluster, as small as the CRDs allow. */
export const platforms = {
  AWS: {
    pool: {
      instanceType: "m5.xlarge",
      subnet: { id: "subnet-0aa11bb22cc33dd44" },
      securityGroups: [{ id: "sg-1" }, { id: "sg-2" }],
    },
    cluster: { region: "us-east-2", resourceTags: [{ key: "cost-center", value: "4711" }] },
  },
  Azure: {
    pool: {
      vmSize: "Standard_D8s_v5",
      subnetID: "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
      image: { type: "ImageID", imageID: "/images/rhcos" },
      osDisk: { sizeGiB: 128, diskStorageAccountType: "Premium_LRS" },
    },
    cluster: { location: "westeurope", resourceGroup: "rg" },
  },
  KubeVirt: {
    pool: {
      compute: { cores: 4, memory: "8Gi" },
      rootVolume: { type: "Persistent", persistent: { size: "32Gi" } },
      additionalNetworks: [{ name: "ns/a" }, { name: "ns/b" }],
    },
    cluster: { baseDomainPassthrough: true },
  },
  OpenStack: {
    pool: {
      flavor: "m1.xlarge",
      availabilityZone: "nova-a",
      additionalPorts: [
        {
          network: { id: "24fe3d2f-5a2b-4f3a-9a2c-0b1c2d3e4f50" },
          allowedAddressPairs: [{ ipAddress: "10.0.0.1" }, { ipAddress: "10.0.0.2" }],
        },
      ],
    },
    cluster: { identityRef: { name: "creds", cloudName: "openstack" } },
  },
  GCP: {
    pool: { machineType: "n2-standard-4", zone: "us-central1-a", subnet: "workers", networkTags: ["a", "b"] },
    cluster: { project: "p", region: "us-central1" },
  },
  PowerVS: {
    pool: { systemType: "s922", processors: "0.5" },
    cluster: { region: "dal", serviceInstanceID: "si-1", subnet: { name: "net" } },
  },
  Agent: { pool: { agentLabelSelector: { matchLabels: { rack: "r1" } } }, cluster: { agentNamespace: "agents" } },
  None: { pool: {}, cluster: {} },
} as const;
export type Platform = keyof typeof platforms;

const section = (platform: Platform, part: "pool" | "cluster"): JsonObject => {
  const value = platforms[platform][part] as unknown as JsonObject;
  return platform === "None" ? { type: platform } : { type: platform, [platform.toLowerCase()]: value };
};

export const clusterOf = (platform: Platform): JsonObject => ({
  apiVersion,
  kind: "HostedCluster",
  metadata: { name: "prod", namespace: "clusters" },
  spec: {
    release: { image: "quay.io/openshift-release-dev/ocp-release:4.20.4-multi" },
    infraID: "prod-7xk2p",
    pullSecret: { name: "pull-secret" },
    platform: section(platform, "cluster"),
    services: [
      { service: "APIServer", servicePublishingStrategy: { type: "LoadBalancer" } },
      { service: "Ignition", servicePublishingStrategy: { type: "Route" } },
      { service: "OAuthServer", servicePublishingStrategy: { type: "Route" } },
      { service: "Konnectivity", servicePublishingStrategy: { type: "Route" } },
    ],
  },
});

export type UpgradeType = "Replace" | "OnDelete" | "InPlace";
const managements: Readonly<Record<UpgradeType, Json>> = {
  Replace: { upgradeType: "Replace" },
  OnDelete: { upgradeType: "Replace", replace: { strategy: "OnDelete" } },
  InPlace: { upgradeType: "InPlace", inPlace: { maxUnavailable: 1 } },
};

export const poolOf = (platform: Platform, upgrade: UpgradeType = "Replace", name = "workers"): JsonObject => ({
  apiVersion,
  kind: "NodePool",
  metadata: { name, namespace: "clusters" },
  spec: {
    clusterName: "prod",
    replicas: 3,
    release: { image: "quay.io/openshift-release-dev/ocp-release:4.20.4-multi" },
    management: managements[upgrade] ?? null,
    platform: section(platform, "pool"),
  },
});
