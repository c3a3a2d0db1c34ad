/**
 * The API group versions that `runtimeConfig` may name, by Kubernetes version: `from` inclusive, `before` exclusive. Those
 * that are `needed` cannot be switched off, `always` or by Shoots with workers; a resource in them may be the cause.
 * gardener/gardener@b312835d pkg/utils/validation/apigroups/apigroups.go.
 */
export const apiGroupVersions = `
admissionregistration.k8s.io/v1 needed=workers
admissionregistration.k8s.io/v1alpha1
admissionregistration.k8s.io/v1beta1
apps/v1 needed=workers
apps/v1beta1
apps/v1beta2
autoscaling/v1
autoscaling/v2 needed=workers
autoscaling/v2beta1 before=1.36
autoscaling/v2beta2 before=1.36
batch/v1
batch/v1beta1
certificates.k8s.io/v1 needed=workers
certificates.k8s.io/v1alpha1
certificates.k8s.io/v1beta1
coordination.k8s.io/v1 needed=workers
coordination.k8s.io/v1alpha1 from=1.31 before=1.32
coordination.k8s.io/v1alpha2 from=1.32
coordination.k8s.io/v1beta1
discovery.k8s.io/v1 needed=always
discovery.k8s.io/v1beta1
events.k8s.io/v1 needed=always
events.k8s.io/v1beta1
extensions/v1beta1
flowcontrol.apiserver.k8s.io/v1 from=1.29
flowcontrol.apiserver.k8s.io/v1beta1
flowcontrol.apiserver.k8s.io/v1beta2
flowcontrol.apiserver.k8s.io/v1beta3
internal.apiserver.k8s.io/v1alpha1
networking.k8s.io/v1 needed=always
networking.k8s.io/v1alpha1 before=1.34
networking.k8s.io/v1beta1
node.k8s.io/v1 needed=workers
node.k8s.io/v1alpha1
node.k8s.io/v1beta1
policy/v1 needed=workers
policy/v1beta1
rbac.authorization.k8s.io/v1 needed=always
rbac.authorization.k8s.io/v1alpha1
rbac.authorization.k8s.io/v1beta1
resource.k8s.io/v1 from=1.34
resource.k8s.io/v1alpha2 before=1.31
resource.k8s.io/v1alpha3 from=1.31
resource.k8s.io/v1beta1 from=1.32
resource.k8s.io/v1beta2 from=1.33
scheduling.k8s.io/v1 needed=workers
scheduling.k8s.io/v1alpha1 before=1.36
scheduling.k8s.io/v1alpha2 from=1.36
scheduling.k8s.io/v1beta1
storage.k8s.io/v1 needed=workers
storage.k8s.io/v1alpha1
storage.k8s.io/v1beta1
storagemigration.k8s.io/v1alpha1 from=1.30 before=1.35
storagemigration.k8s.io/v1beta1 from=1.35
v1 needed=always
`;

/**
 * The admission plugins of kube-apiserver, likewise: `required` ones cannot be disabled, `config` ones can be configured,
 * `kubeconfig` ones can be given a kubeconfig. gardener/gardener@b312835d pkg/utils/validation/admissionplugins.
 */
export const admissionPlugins = `
AlwaysAdmit
AlwaysDeny
AlwaysPullImages
CertificateApproval
CertificateSigning
CertificateSubjectRestriction
ClusterTrustBundleAttest
DefaultIngressClass
DefaultStorageClass
DefaultTolerationSeconds
DenyServiceExternalIPs
EventRateLimit config
ExtendedResourceToleration
ImagePolicyWebhook config kubeconfig
JobValidation from=1.36
LimitPodHardAntiAffinityTopology
LimitRanger
MutatingAdmissionPolicy from=1.32
MutatingAdmissionWebhook required config kubeconfig
NamespaceAutoProvision
NamespaceExists
NamespaceLifecycle required
NodeDeclaredFeatureValidator from=1.35
NodeRestriction required
OwnerReferencesPermissionEnforcement
PersistentVolumeClaimResize
PersistentVolumeLabel before=1.31
PodGroupProtection from=1.36
PodGroupWorkloadExists from=1.36
PodNodeSelector config
PodResizeValidator from=1.36
PodSecurity required config
PodTolerationRestriction config
PodTopologyLabels from=1.33
Priority required
ResourceQuota config
RuntimeClass
ServiceAccount
StorageObjectInUseProtection required
TaintNodesByCondition
ValidatingAdmissionPolicy
ValidatingAdmissionWebhook required config kubeconfig
`;
