import { type RefusalCase, runRefusals } from "./refusal-run.ts";

const kms = "spec/secretEncryption/kms/azure";
const clientId = "11111111-2222-3333-4444-555555555555";
const otherClientId = "66666666-2222-3333-4444-555555555555";
const karpenter = {
  name: "Karpenter",
  karpenter: { platform: "AWS", aws: { roleARN: "arn:aws:iam::123456789012:role/karpenter" } },
};
const ovn = "spec/operatorConfiguration/clusterNetworkOperator/ovnKubernetesConfig";
const etcd = "spec/etcd/managed";

const ofCluster: readonly RefusalCase[] = [
  {
    rule: "cluster-feature-set-kept",
    from: { "spec/configuration/featureGate": { featureSet: "TechPreviewNoUpgrade" } },
    refused: { "spec/configuration/featureGate/featureSet": "CustomNoUpgrade" },
    allowed: { "spec/configuration/featureGate": undefined },
  },
  {
    rule: "cluster-feature-set-okd",
    from: { "spec/configuration/featureGate": { featureSet: "OKD" } },
    refused: { "spec/configuration/featureGate/featureSet": "" },
    allowed: { "spec/configuration/featureGate/featureSet": "TechPreviewNoUpgrade" },
  },
  {
    rule: "cluster-tls-adherence-removed",
    from: { "spec/configuration/apiServer": { tlsAdherence: "StrictAllComponents", clientCA: { name: "ca" } } },
    refused: { "spec/configuration/apiServer/tlsAdherence": undefined },
    allowed: { "spec/configuration/apiServer": undefined },
  },
  {
    rule: "cluster-ovn-removed",
    from: { [ovn]: { mtu: 1400 } },
    refused: { [ovn]: undefined },
    allowed: { "spec/operatorConfiguration": undefined },
  },
  {
    rule: "cluster-ovn-mtu-immutable",
    from: { [ovn]: { mtu: 1400 } },
    refused: { [ovn]: { mtu: 1500 } },
    allowed: { [`${ovn}/v4InternalSubnet`]: "100.99.0.0/16" },
  },
  {
    rule: "cluster-ovn-ipv4-subnet-immutable",
    from: { [ovn]: { v4InternalSubnet: "a", mtu: 1400 } },
    refused: { [`${ovn}/v4InternalSubnet`]: undefined },
    allowed: { [`${ovn}/v6InternalSubnet`]: "b" },
  },
  {
    rule: "cluster-ovn-ipv6-subnet-immutable",
    from: { [ovn]: { v6InternalSubnet: "a" } },
    refused: { [`${ovn}/v6InternalSubnet`]: "b" },
    allowed: { [`${ovn}/mtu`]: 1400 },
  },
  {
    rule: "cluster-ovn-ipv6-join-subnet-immutable",
    from: { [ovn]: { ipv6: { internalJoinSubnet: "a" } } },
    refused: { [`${ovn}/ipv6/internalJoinSubnet`]: "b" },
    allowed: { [`${ovn}/ipv6/internalTransitSwitchSubnet`]: "b" },
  },
  {
    rule: "cluster-ovn-ipv6-transit-subnet-immutable",
    from: { [ovn]: { ipv6: { internalTransitSwitchSubnet: "a" } } },
    refused: { [`${ovn}/ipv6/internalTransitSwitchSubnet`]: "b" },
    allowed: { [`${ovn}/ipv6/internalJoinSubnet`]: "b" },
  },
  {
    rule: "cluster-ovn-ipv6-removed",
    from: { [ovn]: { mtu: 1400, ipv6: { internalJoinSubnet: "a" } } },
    refused: { [`${ovn}/ipv6`]: undefined },
    allowed: { "spec/operatorConfiguration": undefined },
  },
  {
    rule: "cluster-ovn-network-type",
    refused: { "spec/networking/networkType": "Other", [ovn]: { mtu: 1400 } },
    allowed: { [ovn]: { mtu: 1400 } },
  },
  {
    rule: "cluster-multi-network-type",
    refused: { "spec/operatorConfiguration/clusterNetworkOperator": { disableMultiNetwork: true } },
    allowed: {
      "spec/operatorConfiguration/clusterNetworkOperator": { disableMultiNetwork: true },
      "spec/networking/networkType": "Other",
    },
  },
  {
    rule: "cluster-values",
    refused: { "spec/autoscaling": { scaling: "ScaleUpOnly", scaleDown: { unneededDurationSeconds: 9 } } },
    allowed: { "spec/autoscaling": { scaleDown: { unneededDurationSeconds: 9 } } },
  },
  {
    rule: "cluster-values",
    refused: { "spec/autoNode": { provisionerConfig: { name: "Karpenter" } } },
    allowed: { "spec/autoNode": { provisionerConfig: karpenter } },
  },
  {
    rule: "cluster-values",
    from: { [`${kms}/kms`]: { clientID: clientId } },
    refused: { [`${kms}/workloadIdentity`]: { clientID: otherClientId } },
    allowed: { [`${kms}/kms/clientID`]: otherClientId },
  },
  {
    rule: "cluster-key-vault-type-immutable",
    from: { [`${kms}/kms`]: { clientID: clientId } },
    refused: { [`${kms}/keyVaultType`]: "ManagedHSM" },
    allowed: { [`${kms}/keyVaultType`]: "KeyVault" },
  },
  {
    rule: "cluster-kms-authentication-immutable",
    from: { [`${kms}/kms`]: { clientID: clientId } },
    refused: { [kms]: { workloadIdentity: { clientID: otherClientId } } },
    allowed: { [`${kms}/kms/clientID`]: otherClientId },
  },
  {
    rule: "cluster-azure-private-kept",
    on: "Azure",
    refused: { "spec/platform/azure/private": { type: "PrivateLink" } },
    allowed: { "spec/platform/azure/tenantID": "t" },
  },
  {
    rule: "cluster-azure-topology-removed",
    on: "Azure",
    from: { "spec/platform/azure/topology": "Private" },
    refused: { "spec/platform/azure/topology": undefined },
    allowed: { "spec/platform/azure/topology": "PublicAndPrivate" },
  },
  {
    rule: "cluster-azure-topology-public",
    on: "Azure",
    from: { "spec/platform/azure/topology": "Private" },
    refused: { "spec/platform/azure/topology": "Public" },
    allowed: { "spec/platform/azure/topology": "PublicAndPrivate" },
  },
  {
    rule: "cluster-azure-private-type-immutable",
    on: "Azure",
    from: { "spec/platform/azure/private": { type: "PrivateLink", privateLink: { natSubnetID: "n" } } },
    refused: { "spec/platform/azure/private/type": "Swift" },
    allowed: { "spec/platform/azure/private/privateLink/additionalAllowedSubscriptions": ["s"] },
  },
  {
    rule: "cluster-azure-swift-immutable",
    on: "Azure",
    from: { "spec/platform/azure/private": { type: "Swift", swift: { podNetworkInstance: "a" } } },
    refused: { "spec/platform/azure/private/swift/podNetworkInstance": "b" },
    allowed: { "spec/platform/azure/tenantID": "t" },
  },
  {
    rule: "cluster-gcp-accounts-immutable",
    on: "GCP",
    from: { "spec/platform/gcp/workloadIdentity": { serviceAccountsEmails: { nodePool: "a@p" } } },
    refused: { "spec/platform/gcp/workloadIdentity/serviceAccountsEmails/nodePool": "b@p" },
    allowed: { "spec/platform/gcp/resourceLabels": [{ key: "a", value: "b" }] },
  },
  {
    rule: "cluster-kubevirt-kubeconfig-key-immutable",
    on: "KubeVirt",
    from: { "spec/platform/kubevirt/credentials": { infraKubeConfigSecret: { name: "s", key: "a" } } },
    refused: { "spec/platform/kubevirt/credentials/infraKubeConfigSecret/key": "b" },
    allowed: { "spec/channel": "stable" },
  },
  {
    rule: "cluster-kubevirt-storage-immutable",
    on: "KubeVirt",
    from: { "spec/platform/kubevirt/storageDriver": { type: "None" } },
    refused: { "spec/platform/kubevirt/storageDriver/type": "Default" },
    allowed: { "spec/channel": "stable" },
  },
  {
    rule: "cluster-json-patch",
    on: "KubeVirt",
    refused: { "metadata/annotations/hypershift.openshift.io~1kubevirt-vm-jsonpatch": "[{}]" },
    allowed: { "metadata/annotations/hypershift.openshift.io~1kubevirt-vm-jsonpatch": "[]" },
  },
  {
    rule: "cluster-id-immutable",
    from: { "spec/clusterID": "a" },
    refused: { "spec/clusterID": undefined },
    allowed: { "spec/channel": "stable" },
  },
  {
    rule: "cluster-dns-domain-immutable",
    from: { "spec/dns": { baseDomain: "a.example.com" } },
    refused: { "spec/dns/baseDomain": "b.example.com" },
    allowed: { "spec/dns/publicZoneID": "z" },
  },
  {
    rule: "cluster-dns-private-zone-immutable",
    from: { "spec/dns": { privateZoneID: "a" } },
    refused: { "spec/dns/privateZoneID": "b" },
    allowed: { "spec/dns": undefined },
  },
  {
    rule: "cluster-dns-public-zone-immutable",
    from: { "spec/dns": { publicZoneID: "a" } },
    refused: { "spec/dns/publicZoneID": "b" },
    allowed: { "spec/dns/privateZoneID": "c" },
  },
  {
    rule: "cluster-etcd-snapshot-immutable",
    from: { [`${etcd}/storage`]: { type: "PersistentVolume" } },
    refused: { [`${etcd}/storage/restoreSnapshotURL`]: ["u"] },
    allowed: { "spec/channel": "stable" },
  },
  {
    rule: "cluster-etcd-managed-shards-immutable",
    from: { [`${etcd}/shards`]: [{ name: "a", replicas: 1 }] },
    refused: { [`${etcd}/shards`]: [{ name: "a", replicas: 3 }] },
    allowed: { [`${etcd}/shards`]: [{ name: "a", replicas: 1, scheduling: { nodeSelector: { x: "y" } } }] },
  },
  {
    rule: "cluster-etcd-unmanaged-shards-immutable",
    from: { "spec/etcd": { managementType: "Unmanaged", unmanaged: { shards: [{ name: "a", endpoint: "e" }] } } },
    refused: { "spec/etcd/unmanaged/shards": [{ name: "a", endpoint: "f" }] },
    allowed: { "spec/etcd/unmanaged/endpoint": "g" },
  },
];

runRefusals("HostedCluster", ofCluster);
