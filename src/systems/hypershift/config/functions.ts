import type { NamedFunctions } from "../../../rules/functions.ts";
import { clusterValues, poolValues } from "../admission/api-values.ts";
import { setLabelsRefused } from "../admission/machine-labels.ts";
import { refusedConfigMaps, refusedSecrets } from "../admission/reference-problems.ts";
import { clusterRefused } from "../cluster-refused.ts";
import {
  becomesFrozen,
  configComparable,
  freezeReason,
  frozenFromStart,
  frozen,
  isFrozen,
  missingConfigDiffers,
  missingTuningDiffers,
  thaws,
  unseenFromStart,
  waitsForControlPlane,
} from "../freezes.ts";
import { bootStream, hashedStream } from "../os-image-stream.ts";
import {
  pausedCluster,
  pausedPool,
  removedFromPaused,
  removedWhilePaused,
  removedWithPaused,
  unpausedCluster,
  unpausedPool,
} from "../pauses.ts";
import { hashedVersion, sameRelease } from "../release.ts";
import {
  hashedTuning,
  keepsPerformanceProfile,
  kernelArgumentsByLabel,
  performanceProfilePause,
  performanceProfilePauseChanges,
  performanceProfilePaused,
  performanceProfileUnpaused,
  tunedOnNodes,
} from "../tuning/tuning.ts";
import {
  performanceProfileRemade,
  performanceProfileUnmade,
  profileBecomesUnmade,
  unmadeProfile,
  unmadeProfileState,
} from "../tuning/unmade-profile.ts";
import { carriedTlsProfile, hashedContentDiffers } from "./carried-tls-profile.ts";
import { hashedConfig, textsHashedAtFirst } from "./config-maps.ts";
import {
  imageContentSources,
  imageContentSourcesForm,
  pullSecretContent,
  sameTrustBundle,
  sshKey,
  trustBundleContent,
} from "./core-config.ts";
import { featureGates } from "./feature-gates.ts";
import {
  computedNoProxy,
  dropEmpty,
  hashedTlsProfile,
  registryLocations,
  renderedTlsProfile,
} from "./global-config.ts";
import {
  controlPlaneBuild,
  controlPlaneOperatorRelease,
  haproxyExternalAddress,
  haproxyImage,
  haproxyInternalAddress,
  haproxyInternalPort,
  otherControlPlaneBuild,
  otherPoolBuild,
  poolReleaseBuild,
} from "./haproxy.ts";
import { missingConfigMaps } from "./missing-config.ts";
import { keepsTuning, orderBesideTuning } from "./order-beside-tuning.ts";
import { isPayloadRefused, payloadBecomesRefused, payloadRefused } from "./payload-problems.ts";
import { payloadOutdated } from "./payload.ts";
import { irreconcilable, isIrreconcilable } from "./reconcilable.ts";
import { filesDrainYet, renderedConfig, renderedFiles, renderedLinks, renderedUsers } from "./rendered-config.ts";
import { mirrorsOnlyAdded, renderedMirrors } from "./rendered-mirrors.ts";
import { renderedPolicies } from "./rendered-policies.ts";
import { kubeletConfigsClash, notRendered } from "./sole-configs.ts";

/** What the tables of the configuration hash, of freezes and of timing name. */

export const configuration = {
  encodings: {
    "hypershift/drop-empty": dropEmpty,
    "hypershift/registry-locations": registryLocations,
  },
  derived: {
    "hypershift/boot-stream": bootStream,
    "hypershift/carried-tls-profile": carriedTlsProfile,
    "hypershift/computed-no-proxy": computedNoProxy,
    "hypershift/control-plane-build": controlPlaneBuild,
    "hypershift/control-plane-operator-release": controlPlaneOperatorRelease,
    "hypershift/feature-gates": featureGates,
    "hypershift/freeze-reason": freezeReason,
    "hypershift/haproxy-external-address": haproxyExternalAddress,
    "hypershift/haproxy-image": haproxyImage,
    "hypershift/haproxy-internal-address": haproxyInternalAddress,
    "hypershift/haproxy-internal-port": haproxyInternalPort,
    "hypershift/hashed-config": hashedConfig,
    "hypershift/hashed-stream": hashedStream,
    "hypershift/hashed-tls-profile": hashedTlsProfile,
    "hypershift/hashed-tuning": hashedTuning,
    "hypershift/hashed-version": hashedVersion,
    "hypershift/image-content-sources": imageContentSources,
    "hypershift/image-content-sources-form": imageContentSourcesForm,
    "hypershift/missing-config-maps": missingConfigMaps,
    "hypershift/pool-release-build": poolReleaseBuild,
    "hypershift/performance-profile-pause": performanceProfilePause,
    "hypershift/performance-profile-not-read": unmadeProfileState,
    "hypershift/pull-secret-content": pullSecretContent,
    "hypershift/order-beside-tuning": orderBesideTuning,
    "hypershift/rendered-config": renderedConfig,
    "hypershift/rendered-files": renderedFiles,
    "hypershift/rendered-links": renderedLinks,
    "hypershift/rendered-mirrors": renderedMirrors,
    "hypershift/rendered-policies": renderedPolicies,
    "hypershift/rendered-tls-profile": renderedTlsProfile,
    "hypershift/rendered-users": renderedUsers,
    "hypershift/ssh-key": sshKey,
    "hypershift/texts-hashed-at-first": textsHashedAtFirst,
    "hypershift/trust-bundle-content": trustBundleContent,
    "hypershift/tuned-on-nodes": tunedOnNodes,
  },
  predicates: {
    "hypershift/cluster-refused": clusterRefused,
    "hypershift/config-comparable": configComparable,
    "hypershift/files-drain-yet": filesDrainYet,
    "hypershift/is-frozen": isFrozen,
    "hypershift/is-irreconcilable": isIrreconcilable,
    "hypershift/is-payload-refused": isPayloadRefused,
    "hypershift/keeps-performance-profile": keepsPerformanceProfile,
    "hypershift/keeps-tuning": keepsTuning,
    "hypershift/kernel-arguments-by-label": kernelArgumentsByLabel,
    "hypershift/payload-outdated": payloadOutdated,
    "hypershift/performance-profile-pause-changes": performanceProfilePauseChanges,
    "hypershift/performance-profile-paused": performanceProfilePaused,
    "hypershift/performance-profile-remade": performanceProfileRemade,
    "hypershift/performance-profile-unmade": performanceProfileUnmade,
    "hypershift/performance-profile-unpaused": performanceProfileUnpaused,
    "hypershift/kubelet-configs-clash": kubeletConfigsClash,
    "hypershift/mirrors-only-added": mirrorsOnlyAdded,
    "hypershift/missing-config-differs": missingConfigDiffers,
    "hypershift/missing-tuning-differs": missingTuningDiffers,
    "hypershift/paused-cluster": pausedCluster,
    "hypershift/paused-pool": pausedPool,
    "hypershift/not-rendered": notRendered,
    "hypershift/other-control-plane-build": otherControlPlaneBuild,
    "hypershift/other-pool-build": otherPoolBuild,
    "hypershift/hashed-content-differs": hashedContentDiffers,
    "hypershift/same-release": sameRelease,
    "hypershift/same-trust-bundle": sameTrustBundle,
    "hypershift/thaws": thaws,
    "hypershift/removed-from-paused": removedFromPaused,
    "hypershift/removed-while-paused": removedWhilePaused,
    "hypershift/removed-with-paused": removedWithPaused,
    "hypershift/unpaused-cluster": unpausedCluster,
    "hypershift/unpaused-pool": unpausedPool,
    "hypershift/waits-for-control-plane": waitsForControlPlane,
  },
  checks: {
    "hypershift/becomes-frozen": becomesFrozen,
    "hypershift/cluster-values": clusterValues,
    "hypershift/frozen": frozen,
    "hypershift/frozen-from-start": frozenFromStart,
    "hypershift/irreconcilable": irreconcilable,
    "hypershift/payload-becomes-refused": payloadBecomesRefused,
    "hypershift/profile-becomes-unmade": profileBecomesUnmade,
    "hypershift/unmade-profile": unmadeProfile,
    "hypershift/payload-refused": payloadRefused,
    "hypershift/set-labels-refused": setLabelsRefused,
    "hypershift/unseen-from-start": unseenFromStart,
    "hypershift/pool-values": poolValues,
    "hypershift/refused-config-maps": refusedConfigMaps,
    "hypershift/refused-secrets": refusedSecrets,
  },
} satisfies NamedFunctions;
