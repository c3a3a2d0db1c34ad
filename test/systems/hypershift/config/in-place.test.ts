import type { Effect } from "../../../../src/rules/words.ts";
import { configMap, type ConfigurationCase, release, runConfiguration } from "./configuration-run.ts";

const named = { "spec/config": [{ name: "one" }] };
/** MachineConfigs by their names: what is in their spec, as JSON. */
const payload = (configs: Readonly<Record<string, object>>): string =>
  Object.entries(configs)
    .map(([name, spec]) =>
      JSON.stringify({
        apiVersion: "machineconfiguration.openshift.io/v1",
        kind: "MachineConfig",
        metadata: { name },
        spec,
      }),
    )
    .join("\n---\n");
const ignition = (parts: object): object => ({ config: { ignition: { version: "3.2.0" }, ...parts } });
const files = (...all: readonly object[]): object => ignition({ storage: { files: all } });
const file = (path: string, source: string, more: object = {}): object => ({
  path,
  mode: 420,
  contents: { source },
  ...more,
});

const inPlace = (
  says: string,
  before: Readonly<Record<string, object>>,
  after: Readonly<Record<string, object>>,
  effect: Effect,
  more: Partial<ConfigurationCase> = {},
): ConfigurationCase => ({
  says: `InPlace: ${says}`,
  upgrade: "InPlace",
  pool: named,
  beside: [configMap("one", { config: payload(before) })],
  besideTo: [configMap("one", { config: payload(after) })],
  effect,
  ...more,
});
const refused = (
  says: string,
  before: Readonly<Record<string, object>>,
  after: Readonly<Record<string, object>>,
  reason: RegExp,
  more: Partial<ConfigurationCase> = {},
): ConfigurationCase =>
  inPlace(says, before, after, "none", { pending: { effect: "inplace-drain", until: "fixed" }, reason, ...more });

const kubelet = (name: string, spec: object): string =>
  JSON.stringify({
    apiVersion: "machineconfiguration.openshift.io/v1",
    kind: "KubeletConfig",
    metadata: { name },
    spec,
  });
const node = (says: string, before: string, after: string, effect: Effect): ConfigurationCase =>
  inPlace(says, {}, {}, effect, {
    beside: [configMap("one", { config: before })],
    besideTo: [configMap("one", { config: after })],
  });
const units = (...names: readonly string[]): object =>
  ignition({ systemd: { units: names.map((name) => ({ name, enabled: true })) } });
const linked = ignition({ storage: { links: [{ path: "/l", target: "/t" }] } });

const plain = { a: { kernelArguments: ["x"] } };
const [one, two] = [file("/etc/one", "data:,1"), file("/etc/one", "data:,2")];

// MachineConfigs are merged in the order of their names before a node sees them.
runConfiguration([
  inPlace(
    "units of a MachineConfig that moves behind the proxy to the API server",
    { "10-a": units("a.service") },
    { "30-a": units("a.service") },
    "inplace-drain",
  ),
  inPlace(
    "units of a MachineConfig that stays before the proxy to the API server",
    { "10-a": units("a.service") },
    { "11-a": units("a.service") },
    "none",
  ),
  inPlace(
    "kernel arguments that move to a MachineConfig of their own",
    { a: { kernelArguments: ["x", "y"] } },
    { a: { kernelArguments: ["x"] }, b: { kernelArguments: ["y"] } },
    "none",
  ),
  inPlace(
    "kernel arguments in another order of names",
    { a: { kernelArguments: ["x"] }, b: { kernelArguments: ["y"] } },
    { c: { kernelArguments: ["x"] }, b: { kernelArguments: ["y"] } },
    "inplace-drain",
  ),
  inPlace("a file that another MachineConfig overrides", { a: files(one), b: files(two) }, { b: files(two) }, "none"),
  inPlace(
    "another name that lets the other file count",
    { a: files(one), b: files(two) },
    { c: files(one), b: files(two) },
    "inplace-drain",
  ),
  inPlace(
    "a mode that the overridden file brought",
    { a: files(one), b: files({ path: "/etc/one", contents: { source: "data:,2" } }) },
    { b: files(two) },
    "none",
  ),
  inPlace(
    "the filesystem that files of older versions name",
    { a: files(file("/etc/one", "data:,1", { filesystem: "root" })) },
    { a: files(one) },
    "none",
  ),
  inPlace(
    "overwrite written out",
    { a: files(one) },
    { a: files(file("/etc/one", "data:,1", { overwrite: true })) },
    "none",
  ),
  inPlace(
    "the compression of a file that is replaced",
    { a: files(file("/etc/one", "", { contents: { source: "data:,1", compression: "gzip" } })), b: files(two) },
    { b: files(two) },
    "none",
  ),
  inPlace(
    "the dropins of a unit that two MachineConfigs share",
    {
      a: ignition({ systemd: { units: [{ name: "u", enabled: true, dropins: [{ name: "1", contents: "a" }] }] } }),
      b: ignition({ systemd: { units: [{ name: "u", dropins: [{ name: "2", contents: "b" }] }] } }),
    },
    {
      a: ignition({
        systemd: {
          units: [
            {
              name: "u",
              enabled: true,
              dropins: [
                { name: "1", contents: "a" },
                { name: "2", contents: "b" },
              ],
            },
          ],
        },
      }),
    },
    "none",
  ),
  inPlace(
    "what the daemon does not compare",
    plain,
    { a: { ...ignition({ storage: { luks: [{ name: "l" }] } }), ...plain.a } },
    "none",
  ),
  inPlace(
    "an Ignition part that is empty",
    plain,
    { a: { ...ignition({ storage: { files: [] } }), ...plain.a } },
    "none",
  ),
  inPlace(
    "a name that moves kernel arguments behind those for cgroups",
    { "50-a": { kernelArguments: ["x"] } },
    { "99-a": { kernelArguments: ["x"] } },
    "inplace-drain",
  ),
  inPlace("a name that moves files alone", { "50-a": files(one) }, { "99-a": files(one) }, "none"),
  inPlace(
    "a name that moves units before those of the kubelet",
    { "50-a": units("u.service") },
    { "00-a": units("u.service") },
    "inplace-drain",
  ),
  inPlace(
    "a unit that stands among those of the kubelet",
    { "50-a": units("kubelet.service") },
    { "00-a": units("kubelet.service") },
    "inplace-drain",
  ),
  inPlace(
    "another name behind those of the kubelet",
    { "50-a": units("u.service") },
    { "60-a": units("u.service") },
    "none",
  ),
  inPlace("links that go away", { a: linked }, { a: ignition({}) }, "new-nodes-only"),
  inPlace("links that go away beside a file", { a: linked }, { a: files(one) }, "inplace-drain"),
  inPlace(
    "the mode of registries.conf",
    { a: files(file("/etc/containers/registries.conf", "data:,")) },
    { a: files(file("/etc/containers/registries.conf", "data:,", { mode: 384 })) },
    "inplace",
  ),
  inPlace(
    "what registries.conf says",
    { a: files(file("/etc/containers/registries.conf", "data:,")) },
    { a: files(file("/etc/containers/registries.conf", "data:,%23")) },
    "inplace-drain",
  ),
  inPlace(
    "the password of core",
    plain,
    { a: { ...plain.a, ...ignition({ passwd: { users: [{ name: "core", passwordHash: "h" }] } }) } },
    "inplace",
  ),
]);

// A KubeletConfig becomes files that hold most of it anyway.
runConfiguration([
  node(
    "a KubeletConfig that says what every kubelet does",
    "",
    kubelet("k", { kubeletConfig: { maxPods: 250 } }),
    "none",
  ),
  node("a KubeletConfig that says more", "", kubelet("k", { kubeletConfig: { maxPods: 251 } }), "inplace-drain"),
  node(
    "the usual TLS profile in a KubeletConfig",
    kubelet("k", { kubeletConfig: { maxPods: 300 } }),
    kubelet("k", { kubeletConfig: { maxPods: 300 }, tlsSecurityProfile: { type: "Intermediate", intermediate: {} } }),
    "none",
  ),
  node(
    "another TLS profile in a KubeletConfig",
    kubelet("k", { kubeletConfig: { maxPods: 300 } }),
    kubelet("k", { kubeletConfig: { maxPods: 300 }, tlsSecurityProfile: { type: "Old", old: {} } }),
    "inplace-drain",
  ),
  node(
    "no sizing of what is reserved by hand",
    kubelet("k", { kubeletConfig: { systemReserved: { memory: "2Gi" } } }),
    kubelet("k", { kubeletConfig: { systemReserved: { memory: "2Gi" } }, autoSizingReserved: false }),
    "none",
  ),
  node("no sizing", kubelet("k", {}), kubelet("k", { autoSizingReserved: false }), "inplace-drain"),
  node("its log level", kubelet("k", {}), kubelet("k", { logLevel: 4 }), "inplace-drain"),
]);

// What the daemon does not change on a running node keeps the whole configuration from it.
runConfiguration([
  refused(
    "directories",
    plain,
    { a: { ...plain.a, ...ignition({ storage: { directories: [{ path: "/d" }] } }) } },
    /directories change/,
  ),
  refused(
    "links",
    plain,
    { a: { ...plain.a, ...ignition({ storage: { links: [{ path: "/l", target: "/t" }] } }) } },
    /links change/,
  ),
  refused(
    "one of two links that goes away",
    {
      a: ignition({
        storage: {
          links: [
            { path: "/l", target: "/t" },
            { path: "/m", target: "/t" },
          ],
        },
      }),
    },
    { a: linked },
    /links change/,
  ),
  refused(
    "disks",
    plain,
    { a: { ...plain.a, ...ignition({ storage: { disks: [{ device: "/dev/a" }] } }) } },
    /disks change/,
  ),
  refused(
    "another user",
    plain,
    { a: { kernelArguments: ["y"], ...ignition({ passwd: { users: [{ name: "bob", sshAuthorizedKeys: ["k"] }] } }) } },
    /users other than core/,
  ),
  refused(
    "a group of core",
    plain,
    {
      a: {
        kernelArguments: ["y"],
        ...ignition({ passwd: { users: [{ name: "core", sshAuthorizedKeys: ["k"], groups: ["g"] }] } }),
      },
    },
    /users other than core/,
  ),
  refused("FIPS mode of a MachineConfig", plain, { a: { ...plain.a, fips: true } }, /FIPS mode changes/),
  refused("FIPS mode of the cluster", plain, plain, /FIPS mode changes/, { clusterTo: { "spec/fips": true } }),
  refused(
    "a release, where a file is appended to",
    { a: files({ path: "/etc/one", append: [{ source: "data:,1" }] }) },
    { a: files({ path: "/etc/one", append: [{ source: "data:,1" }] }) },
    /"\/etc\/one" is appended to/,
    {
      clusterTo: { "spec/release/image": release("4.20.9-multi") },
      poolTo: { "spec/release/image": release("4.20.9-multi") },
    },
  ),
  inPlace(
    "directories that stand already",
    { a: { ...plain.a, ...ignition({ storage: { directories: [{ path: "/d" }] } }) } },
    { a: { kernelArguments: ["y"], ...ignition({ storage: { directories: [{ path: "/d" }] } }) } },
    "inplace-drain",
  ),
  inPlace("a refusal beside other changes", plain, { a: { ...plain.a, fips: true } }, "scale", {
    poolTo: { "spec/replicas": 9 },
    pending: { effect: "inplace-drain", until: "fixed" },
  }),
  inPlace(
    "a MachineConfig under another name",
    { a: { kernelArguments: ["x"] } },
    { b: { kernelArguments: ["x"] } },
    "none",
    {
      reason: /config-rendered: It is written differently, but what comes of it is the same/,
    },
  ),
]);
