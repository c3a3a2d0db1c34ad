import {
  type Changes,
  configMap,
  type ConfigurationCase,
  runConfiguration,
  secret,
} from "./config/configuration-run.ts";

const base64 = (text: string): string => btoa(text);
const key = (name: string, content: Changes) => [secret(name, content)];
const withKey: Changes = { "spec/sshKey/name": "ssh" };
const pull = (text: string) => [secret("pull-secret", { data: { ".dockerconfigjson": base64(text) } })];
const bundle = (name: string, text: string) => configMap(name, { "ca-bundle.crt": text });

const everyWhere = (
  one: ConfigurationCase,
  effects: Readonly<Record<"Replace" | "OnDelete" | "InPlace", ConfigurationCase["effect"]>>,
): ConfigurationCase[] =>
  (["Replace", "OnDelete", "InPlace"] as const).map((upgrade) => ({
    ...one,
    says: `${upgrade}: ${one.says}`,
    upgrade,
    effect: effects[upgrade],
  }));

runConfiguration([
  ...everyWhere(
    { says: "another pull secret", clusterTo: { "spec/pullSecret/name": "other" }, effect: "none" },
    { Replace: "replace", OnDelete: "on-delete", InPlace: "inplace" },
  ),
  ...everyWhere(
    { says: "other credentials on AWS", beside: pull("a"), besideTo: pull("b"), effect: "none" },
    { Replace: "inplace", OnDelete: "inplace", InPlace: "new-nodes-only" },
  ),
  {
    says: "other credentials on KubeVirt",
    on: "KubeVirt",
    beside: pull("a"),
    besideTo: pull("b"),
    effect: "new-nodes-only",
  },
  {
    says: "credentials written another way",
    beside: pull("a"),
    besideTo: [secret("pull-secret", { stringData: { ".dockerconfigjson": "a" } })],
    effect: "none",
  },
  { says: "credentials that appear", besideTo: pull("a"), effect: "unknown" },
  ...everyWhere(
    { says: "a first trust bundle", clusterTo: { "spec/additionalTrustBundle": { name: "ca" } }, effect: "none" },
    { Replace: "replace", OnDelete: "on-delete", InPlace: "inplace" },
  ),
  {
    says: "a trust bundle under an operator that does not hash its name",
    clusterTo: { "spec/additionalTrustBundle": { name: "ca" } },
    options: { targets: { "hypershift-operator": "4.17" } },
    effect: "new-nodes-only",
  },
  {
    says: "other certificates",
    cluster: { "spec/additionalTrustBundle": { name: "ca" } },
    beside: [bundle("ca", "a")],
    besideTo: [bundle("ca", "b")],
    effect: "new-nodes-only",
  },
  ...everyWhere(
    {
      says: "another SSH key",
      cluster: withKey,
      beside: key("ssh", { data: { "id_rsa.pub": base64("ssh-rsa A") } }),
      besideTo: key("ssh", { data: { "id_rsa.pub": base64("ssh-rsa B") } }),
      effect: "none",
    },
    { Replace: "replace", OnDelete: "on-delete", InPlace: "inplace" },
  ),
  {
    says: "the same SSH key in another Secret, written another way",
    cluster: withKey,
    clusterTo: { "spec/sshKey/name": "ssh2" },
    beside: key("ssh", { data: { "id_rsa.pub": base64("ssh-rsa A") } }),
    besideTo: key("ssh2", { stringData: { "id_rsa.pub": "ssh-rsa A" } }),
    effect: "none",
  },
  {
    says: "the same SSH key with a name beyond ASCII, written another way",
    cluster: withKey,
    beside: key("ssh", { stringData: { "id_rsa.pub": "ssh-rsa A Jürgen" } }),
    besideTo: key("ssh", { data: { "id_rsa.pub": "c3NoLXJzYSBBIErDvHJnZW4=" } }),
    effect: "none",
  },
  {
    says: "another key of the Secret",
    cluster: withKey,
    beside: key("ssh", { stringData: { "id_rsa.pub": "A" } }),
    besideTo: key("ssh", { stringData: { "id_rsa.pub": "A", note: "x" } }),
    effect: "none",
  },
  {
    says: "another Secret with an SSH key that is elsewhere",
    cluster: withKey,
    clusterTo: { "spec/sshKey/name": "b" },
    effect: "unknown",
  },
  ...everyWhere(
    {
      says: "no SSH key any more, whatever the Secret elsewhere holds",
      cluster: withKey,
      clusterTo: { "spec/sshKey": undefined },
      effect: "none",
    },
    { Replace: "replace", OnDelete: "on-delete", InPlace: "inplace" },
  ),
  ...everyWhere(
    {
      says: "a first SSH key with its Secret",
      clusterTo: withKey,
      besideTo: key("ssh", { data: { "id_rsa.pub": base64("ssh-rsa A") } }),
      effect: "none",
    },
    { Replace: "replace", OnDelete: "on-delete", InPlace: "inplace" },
  ),
  ...everyWhere(
    {
      says: "a first mirror",
      clusterTo: { "spec/imageContentSources": [{ source: "quay.io/a", mirrors: ["mirror/a"] }] },
      effect: "none",
    },
    { Replace: "replace", OnDelete: "on-delete", InPlace: "inplace" },
  ),
  ...everyWhere(
    {
      says: "no mirror any more",
      cluster: { "spec/imageContentSources": [{ source: "quay.io/a", mirrors: ["mirror/a"] }] },
      clusterTo: { "spec/imageContentSources": [] },
      effect: "none",
    },
    { Replace: "replace", OnDelete: "on-delete", InPlace: "inplace-drain" },
  ),
  { says: "FIPS for the first time", clusterTo: { "spec/fips": true }, effect: "replace", rule: "fips" },
  { says: "fips: false written out", clusterTo: { "spec/fips": false }, effect: "none" },
]);
