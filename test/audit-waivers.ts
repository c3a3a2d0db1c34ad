/** Rules that say different things of one field on purpose, each with the reason. A waiver that nothing needs fails. */
export const overlapWaivers: readonly {
  readonly system: string;
  readonly overlap: string;
  readonly because: string;
}[] = [];
