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
