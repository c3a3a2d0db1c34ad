import { engineProperties } from "./engine-properties.ts";
import { readerProperties } from "./reader-properties.ts";
import type { Run } from "./run-property.ts";
import { viewProperties } from "./view-properties.ts";

/** What holds for every text that a stranger may commit; each with the name that a failure is reported by. */
export const properties: Readonly<Record<string, Run>> = {
  ...readerProperties,
  ...engineProperties,
  ...viewProperties,
};
