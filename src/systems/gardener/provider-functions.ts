import type { NamedFunctions } from "../../rules/functions.ts";
import { alicloudEncryptionDiffers, alicloudEncryptionUnknown, alicloudZoneNetworks } from "./provider-alicloud.ts";
import { alicloudInfrastructureConfig } from "./provider-alicloud-infrastructure.ts";
import { awsInfrastructureConfig } from "./provider-aws-infrastructure.ts";
import { awsWorkerConfig } from "./provider-aws-worker.ts";
import {
  anyPoolInPlace,
  azureIdentity,
  azureLayout,
  azureNatGatewaySku,
  azurePoolSubnets,
  azureSubnetsMove,
  azureWorkerConfig,
} from "./provider-azure.ts";
import { azureInfrastructureConfig } from "./provider-azure-infrastructure.ts";
import { networkShrinks } from "./provider-cidr.ts";
import { providerDecodes, providerIsDescribed } from "./provider-decode.ts";
import { gcpInfrastructureConfig } from "./provider-gcp-infrastructure.ts";
import { gcpWorkerConfig } from "./provider-gcp-worker.ts";
import { onlyGvisorIsConfigured } from "./provider-gvisor.ts";
import { infrastructureNetworks } from "./provider-infrastructure-networks.ts";
import { ipv6NeedsNoOverlay, networkingConfigIsObject } from "./provider-networking.ts";
import { nodeNetwork } from "./provider-node-network.ts";
import { nodeTemplateCapacity, quantityValues } from "./provider-node-template.ts";
import { openstackInfrastructureConfig } from "./provider-openstack-infrastructure.ts";
import { additionalSecurityGroups, openstackWorkerConfig, rollingMachineLabels } from "./provider-openstack-worker.ts";
import { rawProviderConfig, rawProviderConfigStripped, typedProviderConfig } from "./provider-raw-config.ts";
import { vsphereDefaultClass } from "./provider-vsphere.ts";
import { workerLimits } from "./provider-worker-limits.ts";
import { zonesAppendOnly, zonesExchanged } from "./provider-zones.ts";

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
    "gardener/alicloud-infrastructure-config": alicloudInfrastructureConfig,
    "gardener/alicloud-zone-networks": alicloudZoneNetworks,
    "gardener/aws-infrastructure-config": awsInfrastructureConfig,
    "gardener/aws-worker-config": awsWorkerConfig,
    "gardener/azure-infrastructure-config": azureInfrastructureConfig,
    "gardener/azure-layout": azureLayout,
    "gardener/azure-nat-gateway-sku": azureNatGatewaySku,
    "gardener/azure-worker-config": azureWorkerConfig,
    "gardener/gcp-infrastructure-config": gcpInfrastructureConfig,
    "gardener/gcp-worker-config": gcpWorkerConfig,
    "gardener/infrastructure-networks": infrastructureNetworks,
    "gardener/ipv6-needs-no-overlay": ipv6NeedsNoOverlay,
    "gardener/network-shrinks": networkShrinks,
    "gardener/networking-config-is-object": networkingConfigIsObject,
    "gardener/node-network": nodeNetwork,
    "gardener/openstack-infrastructure-config": openstackInfrastructureConfig,
    "gardener/openstack-worker-config": openstackWorkerConfig,
    "gardener/provider-decodes": providerDecodes,
    "gardener/vsphere-default-class": vsphereDefaultClass,
    "gardener/worker-limits": workerLimits,
    "gardener/zones-append-only": zonesAppendOnly,
  },
};
