import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import { type Derived, type Encoding, type Predicate, Unknown } from "../../../rules/functions.ts";
import { at, entries, ipFamiliesOf, items, text } from "../shoot.ts";

/** Kernel settings that Gardener writes on every node: original/components/kernelconfig/component.go. */
const always: Readonly<Record<string, string>> = {
  "vm.max_map_count": "135217728",
  "kernel.softlockup_panic": "1",
  "kernel.softlockup_all_cpu_backtrace": "1",
  "net.core.somaxconn": "32768",
  "net.core.rmem_max": "16777216",
  "net.core.wmem_max": "16777216",
  "net.ipv4.conf.all.forwarding": "1",
  "net.ipv4.conf.default.forwarding": "1",
  "net.ipv6.conf.all.forwarding": "1",
  "net.ipv6.conf.default.forwarding": "1",
  "net.ipv4.conf.default.log_martians": "1",
  "net.ipv4.tcp_wmem": "4096 12582912 16777216",
  "net.ipv4.tcp_rmem": "4096 12582912 16777216",
  "net.ipv4.tcp_retries2": "8",
  "net.ipv4.tcp_max_syn_backlog": "8096",
  "net.ipv4.tcp_slow_start_after_idle": "0",
  "net.ipv4.tcp_tw_reuse": "1",
  "net.ipv4.ip_local_port_range": "32768 65535",
  "net.core.netdev_max_backlog": "16384",
  "fs.file-max": "20000000",
  "fs.inotify.max_user_instances": "8192",
  "fs.inotify.max_user_watches": "524288",
  "fs.aio-max-nr": "262144",
  "vm.memory_failure_early_kill": "1",
};
const withoutKubeProxy = { "net.netfilter.nf_conntrack_max": "1048576" };
/** What the kubelet asks for and, with protectKernelDefaults, does not set itself: k8s.io/component-helpers/node/util/sysctl, which
 * writes names with `/`. The same setting with dots is one more line of the file. */
const protectedByKubelet = {
  "vm/overcommit_memory": "1",
  "vm/panic_on_oom": "0",
  "kernel/panic_on_oops": "1",
  "kernel/panic": "10",
  "kernel/keys/root_maxkeys": "1000000",
  "kernel/keys/root_maxbytes": "25000000",
};

/** The content of the kernel settings file: Gardener's own, then the pool's. */
export const kernelSettings: Derived = (scope) => {
  const settings = (isProxied: boolean): JsonObject => ({
    ...always,
    ...(isProxied ? {} : withoutKubeProxy),
    ...(scope.get("$kubelet/protectKernelDefaults") === false ? {} : protectedByKubelet),
    ...Object.fromEntries(entries(scope.get("$pool/sysctls")).filter(([, value]) => value !== null)),
  });
  const proxy = scope.get("/spec/kubernetes/kubeProxy/enabled");
  const [on, off] = [settings(true), settings(false)];
  return proxy === undefined ? new Unknown(unknownProxy, canonicalText(on), [on, off]) : proxy === false ? off : on;
};

/** Only cilium's Shoots come without a default. */
export const unknownProxy =
  "the admission of cilium switches kube-proxy off in new Shoots, older ones may run it: look at spec.kubernetes.kubeProxy.enabled of the live Shoot";

/** Labels that NodeLabelsForWorkerPool writes itself, whatever the pool says. */
const owned = new Set([
  "node.kubernetes.io/role",
  "kubernetes.io/arch",
  "networking.gardener.cloud/node-local-dns-enabled",
  "worker.gardener.cloud/pool",
  "worker.garden.sapcloud.io/group",
  "worker.gardener.cloud/gardener-node-agent-secret-name",
  "worker.gardener.cloud/cri-name",
]);
const region = "topology.kubernetes.io/region";

/** Where Gardener does not manage the infrastructure, nobody else tells nodes their region. */
const isRegionWritten = (shoot: Json | undefined): boolean =>
  ["credentialsBindingName", "secretBindingName"].every((name) => at(shoot, `/spec/${name}`) === undefined);

/** The labels of a pool that reach its nodes. */
export const nodeLabels: Derived = (scope) => {
  const systemComponents = scope.get("$pool/systemComponents/allow") === true;
  const runtimes = items(scope.get("$pool/cri/containerRuntimes")).map(
    (runtime) => `containerruntime.worker.gardener.cloud/${text(at(runtime, "/type")) ?? ""}`,
  );
  const overridden = (key: string): boolean =>
    owned.has(key) ||
    (key === region && isRegionWritten(scope.get("$cluster"))) ||
    runtimes.includes(key) ||
    (systemComponents && key === "worker.gardener.cloud/system-components");
  const labels = entries(scope.get("$pool/labels")).filter(([key, value]) => value !== null && !overridden(key));
  return labels.length === 0 ? undefined : Object.fromEntries(labels);
};

/** Whether the pool's nodes carry the label that lets system components run there. */
export const systemComponentsAllowed: Derived = (scope) => scope.get("$pool/systemComponents/allow") === true;

/** The address that the kubelet gives to pods as their name server: that of node-local-dns with kube-proxy in IPVS mode. */
export const clusterDnsAddress: Derived = (scope) => {
  if (scope.get("/spec/systemComponents/nodeLocalDNS/enabled") !== true) return undefined;
  const families = ipFamiliesOf(scope.get("$cluster"));
  if (scope.get("/spec/kubernetes/kubeProxy/mode") !== "IPVS" || families.length !== 1) return undefined;
  return families[0] === "IPv6" ? "fd30:1319:f1e:230b::1" : "169.254.20.10";
};

/**
 * An eviction threshold for memory. A block that does not name it gets one by the memory of the machine type
 * (setDefaultEvictionMemoryAvailable), no block the generator's own.
 */
const evictionMemory =
  (name: string, own: string, byMachine: readonly [string, string]): Derived =>
  (scope) => {
    const block = scope.get(`$kubelet/${name}`);
    const written = text(at(block, "/memoryAvailable")) ?? "";
    if (block === undefined || written !== "") return written === "" ? own : written;
    return new Unknown(
      `an ${name} block without memoryAvailable gets ${byMachine.join(" or ")}, by the memory of the machine type`,
      `${name} of ${text(scope.get("$pool/machine/type")) ?? ""}`,
      byMachine,
    );
  };

export const softEvictionMemory = evictionMemory("evictionSoft", "200Mi", ["10%", "1.5Gi"]);
export const hardEvictionMemory = evictionMemory("evictionHard", "100Mi", ["5%", "1Gi"]);

/** calcKubeletHTTP2Timeouts: from 46s on the kubelet keeps its own defaults. */
export const kubeletHttp2Timeouts: Encoding = (value) => {
  const period = typeof value === "string" ? parseDuration(value) : undefined;
  if (period === undefined) return value;
  const seconds = Number(period) / 1e9;
  if (seconds >= 46) return "30/15";
  const part = (share: number): number => Math.max(0, Math.trunc(((seconds - 2) * share) / 3));
  return `${part(2)}/${part(1)}`;
};

/** Taints in their order, which the kubelet's configuration keeps. */
export const taints: Encoding = (value) => {
  const list = items(value).map((taint) =>
    ["key", "value", "effect", "timeAdded"].map((name) => text(at(taint, `/${name}`)) ?? ""),
  );
  return list.length === 0 ? undefined : list;
};

/** The container runtimes beside containerd, each a node label. */
export const containerRuntimes: Encoding = (value) => {
  const types = items(value).map((runtime) => text(at(runtime, "/type")) ?? "");
  return types.length === 0 ? undefined : types.toSorted();
};

/** Which profile a Shoot uses: cloudProfileName is an older way to name a CloudProfile. */
export const cloudProfile: Derived = (scope) => {
  const named = text(scope.get("/spec/cloudProfile/name"));
  if (named !== undefined) return `${text(scope.get("/spec/cloudProfile/kind")) || "CloudProfile"}/${named}`;
  const older = text(scope.get("/spec/cloudProfileName"));
  return older === undefined ? undefined : `CloudProfile/${older}`;
};

/** Every zone of the base keeps its place; new ones are after them. */
export const zonesAreAppended: Predicate = ({ base, head }) => {
  const after = items(head?.get("$pool/zones"));
  return items(base?.get("$pool/zones")).every((zone, index) => zone === after[index]);
};
