/** Manifests that a real API server would take, to be rendered. */
export const release = "quay.io/openshift-release-dev/ocp-release";

export const nodePool = (
  cluster: string,
  name: string,
  extra = "",
  cores = 4,
): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata:
  name: ${name}
  namespace: clusters
spec:
  clusterName: ${cluster}
  replicas: 2
  management:
    upgradeType: Replace
  platform:
    type: KubeVirt
    kubevirt:
      compute:
        cores: ${cores}
        memory: 8Gi
  release:
    image: ${release}:4.18.1-x86_64
${extra}`;

export const shoot = (
  name: string,
  workers: readonly string[],
  namespace = "garden-a",
): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  cloudProfile:
    name: aws
  region: eu-west-1
  secretBindingName: aws
  networking:
    type: calico
    nodes: 10.250.0.0/16
  kubernetes:
    version: 1.33.2
  provider:
    type: aws
    infrastructureConfig:
      apiVersion: aws.provider.extensions.gardener.cloud/v1alpha1
      kind: InfrastructureConfig
      networks:
        vpc:
          cidr: 10.250.0.0/16
        zones:
          - name: eu-west-1a
            internal: 10.250.112.0/22
            public: 10.250.96.0/22
            workers: 10.250.0.0/19
    workers:
${workers.map(worker).join("")}`;

const worker = (name: string): string => `      - name: ${name}
        minimum: 1
        maximum: 3
        machine:
          type: m5.large
          image:
            name: gardenlinux
            version: 1592.9.0
        volume:
          type: gp3
          size: 50Gi
        zones:
          - eu-west-1a
`;
