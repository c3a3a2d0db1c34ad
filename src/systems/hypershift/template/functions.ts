import type { NamedFunctions } from "../../../rules/functions.ts";
import { etcdManagedShards, etcdUnmanagedShards, kubevirtStorageDriver } from "../admission/immutable-values.ts";
import { agentLabelSelector } from "./agent.ts";
import { awsAmi, awsDefaultImage, awsInstanceProfile, awsMarketType, awsTags } from "./aws.ts";
import { azureImage } from "./azure.ts";
import { gcpImage, gcpImageOfRelease, gcpLabels, gcpMaintenance, gcpScopes } from "./gcp.ts";
import { clusterPatchCheck, poolPatchCheck } from "./json-patch.ts";
import { kubevirtHostDevices, kubevirtImageCache } from "./kubevirt.ts";
import { only, positive, replicas, taints } from "./nodepool-values.ts";
import { openstackPorts } from "./openstack.ts";
import { kubevirtJsonPatches, sameVmTemplate } from "./patched-template.ts";
import { powervsImage } from "./powervs.ts";

/** What the tables of machine templates and of the other NodePool fields name. */
export const template = {
  encodings: {
    "hypershift/aws-instance-profile": awsInstanceProfile,
    "hypershift/gcp-scopes": gcpScopes,
    "hypershift/kubevirt-image-cache": kubevirtImageCache,
    "hypershift/only-enable": only("Enable"),
    "hypershift/only-required": only("required"),
    "hypershift/only-true": only("true"),
    "hypershift/positive": positive,
  },
  derived: {
    "hypershift/agent-label-selector": agentLabelSelector,
    "hypershift/aws-ami": awsAmi,
    "hypershift/aws-default-image": awsDefaultImage,
    "hypershift/aws-market-type": awsMarketType,
    "hypershift/aws-tags": awsTags,
    "hypershift/azure-image": azureImage,
    "hypershift/etcd-managed-shards": etcdManagedShards,
    "hypershift/etcd-unmanaged-shards": etcdUnmanagedShards,
    "hypershift/gcp-image": gcpImage,
    "hypershift/gcp-labels": gcpLabels,
    "hypershift/gcp-maintenance": gcpMaintenance,
    "hypershift/kubevirt-host-devices": kubevirtHostDevices,
    "hypershift/kubevirt-json-patches": kubevirtJsonPatches,
    "hypershift/kubevirt-storage-driver": kubevirtStorageDriver,
    "hypershift/openstack-ports": openstackPorts,
    "hypershift/powervs-image": powervsImage,
    "hypershift/replicas": replicas,
    "hypershift/taints": taints,
  },
  predicates: {
    "hypershift/gcp-image-of-release": gcpImageOfRelease,
    "hypershift/same-vm-template": sameVmTemplate,
  },
  checks: {
    "hypershift/kubevirt-json-patch": poolPatchCheck,
    "hypershift/kubevirt-cluster-json-patch": clusterPatchCheck,
  },
} satisfies NamedFunctions;
