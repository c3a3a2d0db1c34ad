/** Rules that say different things of one field on purpose, each with the reason. A waiver that nothing needs fails. */
export const overlapWaivers: readonly {
  readonly system: string;
  readonly overlap: string;
  readonly because: string;
}[] = [];

/** What no fixture can show of a rule, each with the reason. A waiver that nothing needs fails. */
export const fixtureWaivers: readonly { readonly lack: string; readonly because: string }[] = [
  {
    lack: "gardener/worker-name: nothing that it fires on",
    because:
      "pools are paired by their name, so that on both sides of a pair it is the same; the row answers for the leaf of the API",
  },
  {
    lack: "gardener/alicloud-reserved-network: nothing that it fires on",
    because:
      "only new Shoots are asked, and fixtures edit one that stands; test/systems/gardener/providers/alicloud.test.ts",
  },
];

/** Conditions that no fixture can show to matter, each with the reason. A waiver that nothing needs fails. */
export const conditionWaivers: readonly { readonly condition: string; readonly because: string }[] = [
  {
    condition: `gardener/networking-type: {"path":"/spec/provider/type","side":"both","set":true}`,
    because: "it tells a Shoot that stands from a new one, and fixtures edit one that stands",
  },
  {
    condition: `hypershift/ssh-key: {"path":"$cluster/spec/sshKey/name","side":"both","matches":"."}`,
    because: "where one side alone names a key, the input beside it, ssh-key-named, fires too, with the same effect",
  },
  {
    condition: `hypershift/gcp-image: {"not":{"check":"hypershift/gcp-image-of-release","reads":["$pool/spec/platform/gcp/image"]}}`,
    because:
      "without an image of its own a pool has the input beside it, gcp-image-of-release, which fires too, with the same effect",
  },
  {
    condition: `hypershift/performance-profile-rendered: {"path":"$pool/spec/tuningConfig","set":true}`,
    because: "a pool without tuningConfig has no profile that could be kept; it spares the check beside it",
  },
  {
    condition: `hypershift/kubelet-configs-clash: {"path":"$pool/spec/config","set":true}`,
    because: "a pool without config has no KubeletConfigs that could clash; it spares the check beside it",
  },
];
