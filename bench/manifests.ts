import type { Random } from "./random.ts";

/** Manifests as they are in real repositories, made from a seed. */

const zones = ["a", "b", "c"] as const;

const network = (zone: string, number: number): string => `        - name: eu-west-1${zone}
          internal: 10.250.${112 + 4 * number}.0/22
          public: 10.250.${96 + 4 * number}.0/22
          workers: 10.250.${32 * number}.0/19
`;

function worker(name: string, random: Random): string {
  return `    - name: ${name}
      minimum: ${1 + random.below(3)}
      maximum: ${4 + random.below(8)}
      maxSurge: 1
      maxUnavailable: 0
      machine:
        type: ${random.of(["m5.large", "m5.xlarge", "m6i.2xlarge", "c5.4xlarge"])}
        image:
          name: gardenlinux
          version: 1592.${random.below(9)}.0
        architecture: amd64
      cri:
        name: containerd
      volume:
        type: gp3
        size: ${random.of(["50Gi", "100Gi", "200Gi"])}
      zones:
${zones.map((zone) => `      - eu-west-1${zone}`).join("\n")}
      labels:
        team: team-${random.below(40)}
        cost-center: "${1000 + random.below(9000)}"
      taints:
      - key: dedicated
        value: ${name}
        effect: NoSchedule
      kubernetes:
        kubelet:
          maxPods: ${random.of([110, 150, 220])}
          evictionHard:
            memoryAvailable: 200Mi
            nodeFSAvailable: 5%
`;
}

/** About 7 KB with comments, one to four pools unless more are asked for. */
export function shoot(number: number, random: Random, count = 1 + random.below(4)): string {
  const pools = Array.from({ length: count }, (_, index) => worker(`pool-${index}`, random)).join("");
  const notes = Array.from({ length: 30 }, (_, line) => `# ${line}: ${random.hex(60)}`).join("\n");
  return `# Owned by team-${random.below(40)}; ask before you change it.
${notes}
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: shoot-${number}
  namespace: garden-team-${number % 40}
  annotations:
    example.com/ticket: ${random.hex(16)}
spec:
  cloudProfile:
    name: aws
  region: eu-west-1
  credentialsBindingName: binding-${random.below(100)}
  purpose: production
  kubernetes:
    version: 1.33.${random.below(5)}
    kubeAPIServer:
      admissionPlugins:
      - name: PodNodeSelector
        config:
          podNodeSelectorPluginConfig:
            clusterDefaultNodeSelector: team=${random.below(40)}
    kubelet:
      maxPods: 110
      serializeImagePulls: false
  networking:
    type: calico
    pods: 100.96.0.0/11
    nodes: 10.250.0.0/16
    services: 100.64.0.0/13
  provider:
    type: aws
    infrastructureConfig:
      apiVersion: aws.provider.extensions.gardener.cloud/v1alpha1
      kind: InfrastructureConfig
      networks:
        vpc:
          cidr: 10.250.0.0/16
        zones:
${zones.map(network).join("")}    workers:
${pools}  maintenance:
    timeWindow:
      begin: 220000+0100
      end: 230000+0100
    autoUpdate:
      kubernetesVersion: true
      machineImageVersion: true
  addons:
    nginxIngress:
      enabled: false
`;
}

/** One ordinary change of a Shoot; every third rolls its nodes. */
export function changedShoot(text: string, number: number): string {
  if (number % 3 === 0) return text.replace(/version: 1\.33\.\d/, "version: 1.34.1");
  if (number % 3 === 1) return text.replace(/maximum: \d+/, "maximum: 20");
  return text.replace(/type: [mc]\d\w*\.\w+/, "type: r5.large");
}

/** What the Shoots refer to. */
export const cloudProfile = (types: number): string => `apiVersion: core.gardener.cloud/v1beta1
kind: CloudProfile
metadata:
  name: aws
spec:
  type: aws
  machineTypes:
${Array.from({ length: types }, (_, type) => `  - name: m${type}.large\n    cpu: "2"\n    gpu: "0"\n    memory: 4Gi\n`).join("")}`;

const release = (patch: number): string => `quay.io/openshift-release-dev/ocp-release:4.20.${patch}-multi`;

export const hostedCluster = (name: string, image = release(4)): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata:
  name: ${name}
  namespace: clusters
spec:
  release:
    image: ${image}
  channel: stable-4.20
  infraID: ${name}-7xk2p
  pullSecret:
    name: ${name}-pull-secret
  sshKey:
    name: ${name}-ssh-key
  dns:
    baseDomain: hcp.example.com
  networking:
    networkType: OVNKubernetes
    clusterNetwork:
    - cidr: 10.132.0.0/14
    serviceNetwork:
    - cidr: 172.31.0.0/16
  platform:
    type: AWS
    aws:
      region: us-east-2
      endpointAccess: Public
  services:
  - service: APIServer
    servicePublishingStrategy:
      type: LoadBalancer
`;

export const nodePool = (
  name: string,
  cluster: string,
  config?: string,
): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata:
  name: ${name}
  namespace: clusters
spec:
  clusterName: ${cluster}
  replicas: 3
${config === undefined ? "" : `  config:\n  - name: ${config}\n`}  release:
    image: ${release(4)}
  management:
    upgradeType: Replace
    autoRepair: false
    replace:
      strategy: RollingUpdate
      rollingUpdate:
        maxSurge: 1
        maxUnavailable: 0
  platform:
    type: AWS
    aws:
      instanceType: m5.xlarge
      instanceProfile: ${cluster}-worker
      rootVolume:
        size: 120
        type: gp3
`;

export const configMap = (name: string, maximum: number): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: clusters
data:
  config: |
    apiVersion: machineconfiguration.openshift.io/v1
    kind: KubeletConfig
    metadata:
      name: ${name}
    spec:
      kubeletConfig:
        maxPods: ${maximum}
`;

/** A ConfigMap as large as they often are: a MachineConfig with so many lines of settings for a service. */
export const machineConfig = (name: string, lines: number, random: Random): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: clusters
data:
  config: |
    apiVersion: machineconfiguration.openshift.io/v1
    kind: MachineConfig
    metadata:
      name: ${name}
    spec:
      config:
        ignition: {version: 3.4.0}
        systemd:
          units:
          - name: ${name}.service
            contents: |
${Array.from({ length: lines }, () => `              Environment=${random.hex(40)}`).join("\n")}
`;

/** MachineConfigs of a unit each, in one ConfigMap. */
export const machineConfigs = (name: string, count: number, text: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: clusters
data:
  config: |
${Array.from(
  { length: count },
  (_, at) => `    apiVersion: machineconfiguration.openshift.io/v1
    kind: MachineConfig
    metadata:
      name: unit-${at}
    spec:
      config:
        ignition: {version: 3.4.0}
        systemd:
          units:
          - name: unit-${at}.service
            contents: ${text}`,
).join("\n    ---\n")}
`;

/** What else lies in such repositories, and is not one of ours. */
export const deployment = (number: number, random: Random): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${number}
  labels: {app: app-${number}, tier: "${random.of(["web", "worker", "cache"])}"}
spec:
  replicas: ${1 + random.below(5)}
  selector:
    matchLabels: {app: app-${number}}
  template:
    metadata:
      labels: {app: app-${number}}
    spec:
      containers:
      - name: main
        image: registry.example.com/app-${number}:${random.hex(12)}
        args: ["--port=8080", "--verbose"]
${Array.from({ length: 12 }, (_, index) => `        # ${index} ${random.hex(50)}`).join("\n")}
`;
