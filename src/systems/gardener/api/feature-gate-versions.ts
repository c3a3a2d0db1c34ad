/**
 * The feature gates that Gardener accepts, by Kubernetes version: `from` inclusive, `before` exclusive, `locked` to a
 * value from a version on. gardener/gardener@b312835d pkg/utils/validation/features/featuregates.go.
 */
export const featureGates = `
APIListChunking before=1.33 locked=1.29:true
APIPriorityAndFairness before=1.31 locked=1.29:true
APIResponseCompression
APIServerIdentity
APIServerTracing locked=1.34:true
APIServingWithRoutine from=1.30
AdmissionWebhookMatchConditions before=1.33 locked=1.30:true
AggregatedDiscoveryEndpoint before=1.33 locked=1.30:true
AggregatedDiscoveryRemoveBetaType from=1.33 locked=1.35:true
AllAlpha from=1.17
AllBeta from=1.17
AllowDNSOnlyNodeCSR from=1.31
AllowInsecureKubeletCertificateSigningRequests from=1.31
AllowOverwriteTerminationGracePeriodSeconds from=1.32 locked=1.35:false
AllowParsingUserUIDFromCertAuth from=1.33
AllowServiceExternalIPs from=1.36
AllowServiceLBStatusOnNonLB from=1.29 before=1.35 locked=1.32:false
AllowUnsafeMalformedObjectDeletion from=1.32
AnonymousAuthConfigurableEndpoints from=1.31 locked=1.34:true
AnyVolumeDataSource locked=1.33:true
AppArmor before=1.33 locked=1.31:true
AppArmorFields from=1.30 before=1.33 locked=1.31:true
AuthorizeNodeWithSelectors from=1.31 locked=1.34:true
AuthorizePodWebsocketUpgradeCreatePermission from=1.35
AuthorizeWithSelectors from=1.31 locked=1.34:true
BtreeWatchCache from=1.32 locked=1.33:true
CBORServingAndStorage from=1.32
CPUManager before=1.33 locked=1.26:true
CPUManagerPolicyAlphaOptions
CPUManagerPolicyBetaOptions
CPUManagerPolicyOptions locked=1.33:true
CRDObservedGenerationTracking from=1.35
CRDValidationRatcheting from=1.28 locked=1.33:true
CRIListStreaming from=1.36
CSIMigrationPortworx before=1.36 locked=1.33:true
CSIMigrationRBD before=1.31
CSINodeExpandSecret before=1.31 locked=1.29:true
CSIServiceAccountTokenSecrets from=1.35 locked=1.36:true
CSIVolumeHealth
ChangeContainerStatusOnKubeletRestart from=1.35
ClearingNominatedNodeNameAfterBinding from=1.34
CloudControllerManagerWatchBasedRoutesReconciliation from=1.35
CloudControllerManagerWebhook
CloudDualStackNodeIPs before=1.32 locked=1.30:true
ClusterTrustBundle
ClusterTrustBundleProjection from=1.29
ComponentFlagz from=1.32
ComponentSLIs before=1.35
ComponentStatusz from=1.32
ConcurrentWatchObjectDecode from=1.31
ConsistentHTTPGetHandlers from=1.26 before=1.31 locked=1.30:true
ConsistentListFromCache from=1.28 locked=1.34:true
ConstrainedImpersonation from=1.35
ContainerCheckpoint
ContainerRestartRules from=1.34
ContainerStopSignals from=1.33
ContextualLogging locked=1.30:true
ControllerManagerReleaseLeaderElectionLockOnExit from=1.36
CoordinatedLeaderElection from=1.31
CronJobsScheduledAnnotation from=1.28 before=1.35 locked=1.32:true
CrossNamespaceVolumeDataSource
CustomCPUCFSQuotaPeriod
CustomResourceFieldSelectors from=1.30 locked=1.32:true
CustomResourceValidationExpressions before=1.31 locked=1.29:true
DRAAdminAccess from=1.32 locked=1.36:true
DRAConsumableCapacity from=1.34
DRAControlPlaneController from=1.26 before=1.32
DRADeviceBindingConditions from=1.34
DRADeviceTaintRules from=1.35
DRADeviceTaints from=1.33
DRAExtendedResource from=1.34
DRAListTypeAttributes from=1.36
DRANodeAllocatableResources from=1.36
DRAPartitionableDevices from=1.33
DRAPrioritizedList from=1.33
DRAResourceClaimDeviceStatus from=1.32
DRAResourceClaimGranularStatusAuthorization from=1.36
DRAResourcePoolStatus from=1.36
DRASchedulerFilterTimeout from=1.34
DRAWorkloadResourceClaims from=1.36
DeclarativeValidation from=1.33 locked=1.36:true
DeclarativeValidationBeta from=1.36
DeclarativeValidationTakeover from=1.33
DefaultHostNetworkHostPortsInPodTemplates from=1.28 before=1.31
DeploymentReplicaSetTerminatingReplicas from=1.33
DetectCacheInconsistency from=1.34
DevicePluginCDIDevices from=1.28 before=1.34 locked=1.31:true
DisableAllocatorDualWrite from=1.31 locked=1.35:true
DisableCPUQuotaWithExclusiveCPUs from=1.33
DisableCloudProviders before=1.33 locked=1.31:true
DisableKubeletCloudCredentialProviders before=1.33 locked=1.31:true
DisableNodeKubeProxyVersion from=1.29 locked=1.36:true
DynamicResourceAllocation locked=1.35:true
EfficientWatchResumption before=1.33 locked=1.24:true
ElasticIndexedJob before=1.34 locked=1.31:true
EnvFiles from=1.34
EventedPLEG
ExecProbeTimeout locked=1.35:true
ExtendWebSocketsToKubelet from=1.36
ExternalServiceAccountTokenSigner from=1.32 locked=1.36:true
GangScheduling from=1.35
GenericWorkload from=1.35
GitRepoVolumeDriver from=1.33 locked=1.36:false
GracefulNodeShutdown
GracefulNodeShutdownBasedOnPodPriority
HPAConfigurableTolerance from=1.33
HPAContainerMetrics from=1.20 before=1.32 locked=1.30:true
HPAScaleToZero
HonorPVReclaimPolicy before=1.36 locked=1.33:true
HostnameOverride from=1.34
ImageMaximumGCAge from=1.29 locked=1.35:true
ImageVolume from=1.31 locked=1.36:true
ImageVolumeWithDigest from=1.36
InPlacePodLevelResourcesVerticalScaling from=1.35
InPlacePodVerticalScaling from=1.27 locked=1.35:true
InPlacePodVerticalScalingAllocatedStatus from=1.32 before=1.36
InPlacePodVerticalScalingExclusiveCPUs from=1.32
InPlacePodVerticalScalingExclusiveMemory from=1.34
InPlacePodVerticalScalingInitContainers from=1.36
InTreePluginAWSUnregister before=1.31
InTreePluginAzureDiskUnregister before=1.31
InTreePluginAzureFileUnregister before=1.31
InTreePluginGCEUnregister before=1.31
InTreePluginOpenStackUnregister before=1.31
InTreePluginPortworxUnregister before=1.36
InTreePluginRBDUnregister before=1.31
InTreePluginvSphereUnregister before=1.31
InformerResourceVersion from=1.30
JobBackoffLimitPerIndex from=1.28 locked=1.33:true
JobManagedBy from=1.30 locked=1.35:true
JobPodFailurePolicy before=1.33 locked=1.31:true
JobPodReplacementPolicy from=1.28 locked=1.34:true
JobReadyPods before=1.31 locked=1.29:true
JobSuccessPolicy from=1.30 locked=1.33:true
KMSv1 from=1.28
KMSv2 from=1.25 before=1.32 locked=1.29:true
KMSv2KDF from=1.28 before=1.32 locked=1.29:true
KubeProxyDrainingTerminatingNodes from=1.28 before=1.33 locked=1.31:true
KubeletCgroupDriverFromCRI from=1.28 locked=1.34:true
KubeletCrashLoopBackOffMax from=1.32
KubeletEnsureSecretPulledImages from=1.33
KubeletFineGrainedAuthz from=1.32 locked=1.36:true
KubeletInUserNamespace
KubeletPSI from=1.33 locked=1.36:true
KubeletPodResourcesDynamicResources locked=1.36:true
KubeletPodResourcesGet locked=1.36:true
KubeletPodResourcesListUseActivePods from=1.34
KubeletRegistrationGetOnExistsOnly from=1.32
KubeletSeparateDiskGC from=1.29
KubeletServiceAccountTokenForCredentialProviders from=1.33
KubeletTracing locked=1.34:true
LegacyServiceAccountTokenCleanUp from=1.28 before=1.32 locked=1.30:true
LegacySidecarContainers from=1.33 before=1.34
ListFromCacheSnapshot from=1.33
LoadBalancerIPMode from=1.29 before=1.35 locked=1.32:true
LocalStorageCapacityIsolationFSQuotaMonitoring
LogarithmicScaleDown locked=1.31:true
ManifestBasedAdmissionControlConfig from=1.36
MatchLabelKeysInPodAffinity from=1.29 locked=1.33:true
MatchLabelKeysInPodTopologySpread
MatchLabelKeysInPodTopologySpreadSelectorMerge from=1.34
MaxUnavailableStatefulSet
MemoryManager from=1.21 before=1.36 locked=1.32:true
MemoryQoS
MinDomainsInPodTopologySpread from=1.24 before=1.32 locked=1.30:true
MultiCIDRServiceAllocator locked=1.34:true
MutableCSINodeAllocatableCount from=1.33 locked=1.36:true
MutablePVNodeAffinity from=1.35
MutablePodResourcesForSuspendedJobs from=1.35
MutableSchedulingDirectivesForSuspendedJobs from=1.35
MutatingAdmissionPolicy from=1.30
NFTablesProxyMode from=1.29 locked=1.33:true
NativeHistograms from=1.36
NewVolumeManagerReconstruction from=1.25 before=1.32 locked=1.30:true
NodeDeclaredFeatures from=1.35
NodeInclusionPolicyInPodTopologySpread locked=1.33:true
NodeLogQuery locked=1.36:true
NodeOutOfServiceVolumeDetach from=1.24 before=1.32 locked=1.28:true
NodeSwap locked=1.34:true
NominatedNodeNameForExpectation from=1.34
OpenAPIEnums
OpportunisticBatching from=1.35
OrderedNamespaceDeletion from=1.33 locked=1.34:true
PDBUnhealthyPodEvictionPolicy before=1.33 locked=1.31:true
PLEGOnDemandRelist from=1.36
PersistentVolumeClaimUnusedSinceTime from=1.36
PersistentVolumeLastPhaseTransitionTime from=1.28 before=1.33 locked=1.31:true
PodAndContainerStatsFromCRI
PodCertificateRequest from=1.34
PodDeletionCost
PodDisruptionConditions before=1.34 locked=1.31:true
PodHostIPs from=1.28 before=1.32 locked=1.30:true
PodIndexLabel from=1.28 before=1.35 locked=1.32:true
PodLevelResourceManagers from=1.36
PodLevelResources from=1.32
PodLifecycleSleepAction from=1.29 locked=1.34:true
PodLifecycleSleepActionAllowZero from=1.32 locked=1.34:true
PodLogsQuerySplitStreams from=1.32
PodObservedGenerationTracking from=1.33 locked=1.35:true
PodReadyToStartContainersCondition from=1.28
PodSchedulingReadiness locked=1.30:true
PodTopologyLabelsAdmission from=1.33
PodsAPI from=1.36
PortForwardWebsockets from=1.30
PreferAlignCpusByUncoreCache from=1.32
PreferSameTrafficDistribution from=1.33 locked=1.35:true
PreventStaticPodAPIReferences from=1.34
ProbeHostPodSecurityStandards from=1.34 before=1.35 locked=1.34:true
ProcMountType locked=1.36:true
QOSReserved
ReadWriteOncePod before=1.31 locked=1.29:true
RecoverVolumeExpansionFailure from=1.28 locked=1.34:true
RecursiveReadOnlyMounts from=1.30 locked=1.33:true
ReduceDefaultCrashLoopBackOffDecay from=1.33
RelaxedDNSSearchValidation from=1.32 locked=1.34:true
RelaxedEnvironmentVariableValidation from=1.30 locked=1.34:true
RelaxedServiceNameValidation from=1.34
ReloadKubeletClientCAFile from=1.36
ReloadKubeletServerCertificateFile from=1.31
RemainingItemCount before=1.33 locked=1.29:true
RemoteRequestHeaderUID from=1.32
ResilientWatchCacheInitialization from=1.31 locked=1.34:true
ResourceHealthStatus from=1.31
ResourceHealthStatusMessage from=1.36
RestartAllContainersOnContainerExits from=1.35
RetryGenerateName from=1.30 locked=1.32:true
RotateKubeletServerCertificate
RuntimeClassInImageCriApi from=1.29
SELinuxChangePolicy from=1.32 locked=1.36:true
SELinuxMount from=1.30
SELinuxMountReadWriteOncePod locked=1.29:true
SchedulerAsyncAPICalls from=1.34
SchedulerAsyncPreemption from=1.32
SchedulerPopFromBackoffQ from=1.33
SchedulerQueueingHints from=1.28 locked=1.34:true
SeparateCacheWatchRPC from=1.28 locked=1.36:false
SeparateTaintEvictionController from=1.29 locked=1.34:true
ServerSideApply from=1.14 before=1.32 locked=1.22:true
ServerSideFieldValidation from=1.23 before=1.32 locked=1.27:true
ServiceAccountNodeAudienceRestriction from=1.32
ServiceAccountTokenJTI from=1.29 locked=1.32:true
ServiceAccountTokenNodeBinding from=1.29 locked=1.33:true
ServiceAccountTokenNodeBindingValidation from=1.29 locked=1.32:true
ServiceAccountTokenPodNodeInfo from=1.29 locked=1.32:true
ServiceCIDRStatusFieldWiping from=1.36
ServiceNodePortStaticSubrange before=1.31 locked=1.29:true
ServiceTrafficDistribution from=1.30 before=1.36 locked=1.33:true
ShardedListAndWatch from=1.36
SidecarContainers from=1.28 locked=1.33:true
SizeBasedListCostEstimate from=1.34
SizeMemoryBackedVolumes from=1.20 before=1.35 locked=1.32:true
SkipReadOnlyValidationGCE from=1.28 before=1.31
StableLoadBalancerNodeSet before=1.32 locked=1.30:true
StaleControllerConsistencyDaemonSet from=1.36
StaleControllerConsistencyJob from=1.36
StaleControllerConsistencyReplicaSet from=1.36
StaleControllerConsistencyStatefulSet from=1.36
StatefulSetAutoDeletePVC from=1.23 before=1.35 locked=1.32:true
StatefulSetStartOrdinal before=1.34 locked=1.31:true
StorageCapacityScoring from=1.33
StorageNamespaceIndex from=1.30
StorageVersionAPI
StorageVersionHash
StorageVersionMigrator from=1.30
StreamingCollectionEncodingToJSON from=1.33 locked=1.34:true
StreamingCollectionEncodingToProtobuf from=1.33 locked=1.34:true
StrictCostEnforcementForVAP from=1.30 before=1.35 locked=1.32:true
StrictCostEnforcementForWebhooks from=1.30 before=1.35 locked=1.32:true
StrictIPCIDRValidation from=1.33
StructuredAuthenticationConfiguration from=1.29 locked=1.34:true
StructuredAuthenticationConfigurationEgressSelector from=1.34
StructuredAuthenticationConfigurationJWKSMetrics from=1.35
StructuredAuthorizationConfiguration from=1.29 before=1.36 locked=1.32:true
SupplementalGroupsPolicy from=1.31 locked=1.35:true
SystemdWatchdog from=1.32 locked=1.35:true
TaintTolerationComparisonOperators from=1.35
TokenRequestServiceAccountUIDValidation from=1.34
TopologyAwareHints before=1.36 locked=1.33:true
TopologyAwareWorkloadScheduling from=1.36
TopologyManagerPolicyAlphaOptions
TopologyManagerPolicyBetaOptions
TopologyManagerPolicyOptions locked=1.32:true
TranslateStreamCloseWebsocketRequests from=1.29
UnauthenticatedHTTP2DOSMitigation
UnknownVersionInteroperabilityProxy from=1.28
UserNamespacesHostNetworkSupport from=1.35
UserNamespacesPodSecurityStandards from=1.29 before=1.35
UserNamespacesSupport from=1.28 locked=1.36:true
ValidatingAdmissionPolicy before=1.32 locked=1.30:true
VolumeAttributesClass from=1.29 locked=1.36:true
VolumeCapacityPriority before=1.33
VolumeLimitScaling from=1.35
WatchBookmark before=1.33 locked=1.17:true
WatchCacheInitializationPostStartHook from=1.31
WatchFromStorageWithoutResourceVersion before=1.36 locked=1.33:false
WatchList
WatchListClient from=1.30
WinDSR locked=1.34:true
WinOverlay locked=1.34:true
WindowsCPUAndMemoryAffinity from=1.32
WindowsGracefulNodeShutdown from=1.32
WindowsHostNetwork
WorkloadAwarePreemption from=1.36
WorkloadWithJob from=1.36
ZeroLimitedNominalConcurrencyShares from=1.29 before=1.32 locked=1.30:true
`;
