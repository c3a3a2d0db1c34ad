import type { NamedFunctions } from "../../../rules/functions.ts";
import { alicloudInfrastructureConfig, alicloudReservedNetwork } from "./alicloud-infrastructure.ts";
import {
  alicloudEncryptionDiffers,
  alicloudEncryptionUnknown,
  alicloudInPlaceDataVolumes,
  alicloudZoneNetworks,
} from "./alicloud-worker.ts";
import { awsInfrastructureConfig } from "./aws-infrastructure.ts";
import { awsWorkerConfig } from "./aws-worker.ts";
import { azureInfrastructureConfig } from "./azure-infrastructure.ts";
import {
  anyPoolInPlace,
  azureIdentity,
  azureLayout,
  azureNatGatewaySku,
  azurePoolSubnets,
  azureSubnetsMove,
  azureWorkerConfig,
} from "./azure-worker.ts";
import { networkShrinks } from "./cidr.ts";
import { providerDecodes, providerIsDescribed } from "./decode.ts";
import { dnsCredentials } from "./dns-credentials.ts";
import { gcpInfrastructureConfig } from "./gcp-infrastructure.ts";
import { gcpWorkerConfig } from "./gcp-worker.ts";
import { onlyGvisorIsConfigured } from "./gvisor.ts";
import { hcloudWorker } from "./hcloud-worker.ts";
import { infrastructureNetworks } from "./infrastructure-networks.ts";
import { ironcoreMetalWorker } from "./ironcore-metal-worker.ts";
import { metalFirewall } from "./metal-firewall.ts";
import { ipv6NeedsNoOverlay, networkingConfig, networkingConfigIsObject } from "./networking.ts";
import { nodeNetwork } from "./node-network.ts";
import { nodeTemplateCapacity, quantityValues } from "./node-template.ts";
import { openstackDualStack, openstackInfrastructureConfig } from "./openstack-infrastructure.ts";
import { additionalSecurityGroups, openstackWorkerConfig, rollingMachineLabels } from "./openstack-worker.ts";
import { rawProviderConfig, rawProviderConfigStripped, typedProviderConfig } from "./raw-config.ts";
import { stackitConfig } from "./stackit-config.ts";
import { vsphereDefaultClass } from "./vsphere.ts";
import { workerLimits } from "./worker-limits.ts";
import { zonesAppendOnly, zonesExchanged } from "./zones.ts";

/** The functions that the tables of infrastructure providers name. */
export const providerFunctions: Required<NamedFunctions> = {
  encodings: {
    "gardener/quantity-values": quantityValues,
    "gardener/raw-provider-config": rawProviderConfig,
    "gardener/raw-provider-config-stripped": rawProviderConfigStripped,
    "gardener/typed-provider-config": typedProviderConfig,
  },
  derived: {
    "gardener/additional-security-groups": additionalSecurityGroups,
    "gardener/azure-identity": azureIdentity,
    "gardener/azure-pool-subnets": azurePoolSubnets,
    "gardener/node-template-capacity": nodeTemplateCapacity,
    "gardener/rolling-machine-labels": rollingMachineLabels,
  },
  predicates: {
    "gardener/alicloud-encryption-differs": alicloudEncryptionDiffers,
    "gardener/alicloud-encryption-unknown": alicloudEncryptionUnknown,
    "gardener/any-pool-in-place": anyPoolInPlace,
    "gardener/azure-subnets-move": azureSubnetsMove,
    "gardener/only-gvisor-is-configured": onlyGvisorIsConfigured,
    "gardener/provider-is-described": ({ base, head }) => providerIsDescribed(head ?? base),
    "gardener/zones-exchanged": zonesExchanged,
  },
  checks: {
    "gardener/alicloud-in-place-data-volumes": alicloudInPlaceDataVolumes,
    "gardener/alicloud-infrastructure-config": alicloudInfrastructureConfig,
    "gardener/alicloud-reserved-network": alicloudReservedNetwork,
    "gardener/alicloud-zone-networks": alicloudZoneNetworks,
    "gardener/aws-infrastructure-config": awsInfrastructureConfig,
    "gardener/aws-worker-config": awsWorkerConfig,
    "gardener/azure-infrastructure-config": azureInfrastructureConfig,
    "gardener/azure-layout": azureLayout,
    "gardener/azure-nat-gateway-sku": azureNatGatewaySku,
    "gardener/azure-worker-config": azureWorkerConfig,
    "gardener/dns-credentials": dnsCredentials,
    "gardener/gcp-infrastructure-config": gcpInfrastructureConfig,
    "gardener/gcp-worker-config": gcpWorkerConfig,
    "gardener/hcloud-worker": hcloudWorker,
    "gardener/infrastructure-networks": infrastructureNetworks,
    "gardener/ipv6-needs-no-overlay": ipv6NeedsNoOverlay,
    "gardener/ironcore-metal-worker": ironcoreMetalWorker,
    "gardener/metal-firewall": metalFirewall,
    "gardener/network-shrinks": networkShrinks,
    "gardener/networking-config": networkingConfig,
    "gardener/networking-config-is-object": networkingConfigIsObject,
    "gardener/node-network": nodeNetwork,
    "gardener/openstack-dual-stack": openstackDualStack,
    "gardener/openstack-infrastructure-config": openstackInfrastructureConfig,
    "gardener/openstack-worker-config": openstackWorkerConfig,
    "gardener/provider-decodes": providerDecodes,
    "gardener/stackit-config": stackitConfig,
    "gardener/vsphere-default-class": vsphereDefaultClass,
    "gardener/worker-limits": workerLimits,
    "gardener/zones-append-only": zonesAppendOnly,
  },
};
