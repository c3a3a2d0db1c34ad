import type { NamedFunctions } from "../../rules/functions.ts";
import { architectureChanges, architectureIsLeft } from "./admission/architecture.ts";
import { isRescheduled } from "./admission/rescheduled.ts";
import { apiValues } from "./admission/validate-api.ts";
import { cloudProfileName } from "./admission/validate-cloud-profile.ts";
import { inPlaceGate, nodeLocalDnsUpdate, pendingUpdates, strategyUpdates } from "./admission/validate-in-place.ts";
import { encryptionUpdates, kubeApiServerValues } from "./admission/validate-kube-apiserver.ts";
import { kubeletValues, nodeAddresses } from "./admission/validate-kubelet.ts";
import { nameLength } from "./admission/validate-name.ts";
import { operationProblems } from "./admission/validate-operations.ts";
import { profileMoves } from "./admission/validate-profile-move.ts";
import { profileComesFirst, profileRefusals } from "./admission/validate-profile.ts";
import { internalVersions } from "./admission/validate-raw-versions.ts";
import { shootValues } from "./admission/validate-shoot.ts";
import { shootUpdates } from "./admission/validate-update.ts";
import { versionSkew, versionTexts, versionUpdates } from "./admission/validate-versions.ts";
import { workerValues, zonesTwice } from "./admission/validate-worker.ts";
import { workersTogether } from "./admission/validate-workers.ts";
import { kubernetesBeyondRules, kubernetesNotRun } from "./api/kubernetes-minors.ts";
import { carriedOutStrategy } from "./nodes/carried-out-strategy.ts";
import { profileEvictionDiffers, profileImageDiffers, profileKubernetesDiffers } from "./nodes/cloud-profile.ts";
import { profileDropsMachineType } from "./nodes/dropped-machine-types.ts";
import {
  caRotation,
  evictionHard,
  keptReserved,
  kubeReserved,
  kubernetesMinor,
  kubernetesVersion,
  machineImageName,
  machineImageVersion,
  nodeLocalDnsMarker,
  serviceAccountKeyRotation,
} from "./nodes/inputs.ts";
import { resourceOnNodesChanges } from "./nodes/named-resources.ts";
import { keepsProfile, profileIsDeleted, profileIsNoticed, profilesAgree } from "./nodes/profile-move.ts";
import { registryCaches } from "./nodes/registries.ts";
import { runningMaximum, runningMinimum } from "./nodes/running.ts";
import {
  cloudProfile,
  clusterDnsAddress,
  containerRuntimes,
  hardEvictionMemory,
  kernelSettings,
  kubeletHttp2Timeouts,
  nodeLabels,
  softEvictionMemory,
  systemComponentsAllowed,
  taints,
  zonesAreAppended,
} from "./nodes/settings.ts";
import { sharingZones, surgeMissesZones, zonesGiveNodesAway } from "./nodes/zone-shares.ts";
import {
  confinedChanges,
  dependentOperationIsNew,
  dependentOperations,
  flushingOperation,
  rollingOperationIsNew,
  rollingOperations,
  updatingOperationIsNew,
  updatingOperations,
  waitingOperations,
} from "./operations/effects.ts";

/** The functions that the tables of Gardener's core name. */
export const coreFunctions: Required<NamedFunctions> = {
  encodings: {
    "gardener/container-runtimes": containerRuntimes,
    "gardener/kubelet-http2-timeouts": kubeletHttp2Timeouts,
    "gardener/taints": taints,
  },
  derived: {
    "gardener/ca-rotation": caRotation,
    "gardener/carried-out-strategy": carriedOutStrategy,
    "gardener/cloud-profile": cloudProfile,
    "gardener/cluster-dns-address": clusterDnsAddress,
    "gardener/dependent-operations": dependentOperations,
    "gardener/eviction-hard": evictionHard,
    "gardener/hard-eviction-memory": hardEvictionMemory,
    "gardener/kept-reserved": keptReserved,
    "gardener/kernel-settings": kernelSettings,
    "gardener/kube-reserved": kubeReserved,
    "gardener/kubernetes-minor": kubernetesMinor,
    "gardener/kubernetes-version": kubernetesVersion,
    "gardener/machine-image-name": machineImageName,
    "gardener/machine-image-version": machineImageVersion,
    "gardener/node-labels": nodeLabels,
    "gardener/node-local-dns-marker": nodeLocalDnsMarker,
    "gardener/registry-caches": registryCaches,
    "gardener/rolling-operations": rollingOperations,
    "gardener/running-maximum": runningMaximum,
    "gardener/running-minimum": runningMinimum,
    "gardener/service-account-key-rotation": serviceAccountKeyRotation,
    "gardener/sharing-zones": sharingZones,
    "gardener/soft-eviction-memory": softEvictionMemory,
    "gardener/system-components-allowed": systemComponentsAllowed,
    "gardener/updating-operations": updatingOperations,
  },
  predicates: {
    "gardener/architecture-is-left": architectureIsLeft,
    "gardener/dependent-operation-is-new": dependentOperationIsNew,
    "gardener/is-rescheduled": isRescheduled,
    "gardener/keeps-profile": keepsProfile,
    "gardener/profile-eviction-differs": profileEvictionDiffers,
    "gardener/profile-image-differs": profileImageDiffers,
    "gardener/profile-is-deleted": profileIsDeleted,
    "gardener/profile-is-noticed": profileIsNoticed,
    "gardener/profile-kubernetes-differs": profileKubernetesDiffers,
    "gardener/profiles-agree": profilesAgree,
    "gardener/resource-on-nodes-changes": resourceOnNodesChanges,
    "gardener/rolling-operation-is-new": rollingOperationIsNew,
    "gardener/updating-operation-is-new": updatingOperationIsNew,
    "gardener/zones-are-appended": zonesAreAppended,
  },
  checks: {
    "gardener/api-values": apiValues,
    "gardener/architecture-changes": architectureChanges,
    "gardener/confined-changes": confinedChanges,
    "gardener/encryption-updates": encryptionUpdates,
    "gardener/flushing-operation": flushingOperation,
    "gardener/in-place-gate": inPlaceGate,
    "gardener/internal-versions": internalVersions,
    "gardener/kubelet-values": kubeletValues,
    "gardener/kubernetes-beyond-rules": kubernetesBeyondRules,
    "gardener/kubernetes-not-run": kubernetesNotRun,
    "gardener/name-length": nameLength,
    "gardener/node-addresses": nodeAddresses,
    "gardener/node-local-dns-update": nodeLocalDnsUpdate,
    "gardener/operation-problems": operationProblems,
    "gardener/profile-comes-first": profileComesFirst,
    "gardener/profile-drops-machine-type": profileDropsMachineType,
    "gardener/profile-moves": profileMoves,
    "gardener/profile-refusals": profileRefusals,
    "gardener/pending-updates": pendingUpdates,
    "gardener/shoot-updates": shootUpdates,
    "gardener/kube-apiserver-values": kubeApiServerValues,
    "gardener/cloud-profile-name": cloudProfileName,
    "gardener/shoot-values": shootValues,
    "gardener/strategy-updates": strategyUpdates,
    "gardener/surge-misses-zones": surgeMissesZones,
    "gardener/version-skew": versionSkew,
    "gardener/version-texts": versionTexts,
    "gardener/version-updates": versionUpdates,
    "gardener/waiting-operations": waitingOperations,
    "gardener/worker-values": workerValues,
    "gardener/workers-together": workersTogether,
    "gardener/zones-twice": zonesTwice,
    "gardener/zones-give-nodes-away": zonesGiveNodesAway,
  },
};
