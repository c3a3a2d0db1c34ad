import type { Json } from "../../../manifests/manifest.ts";
import { nameOf } from "../shoot.ts";

/** The segments of a pointer that has no escapes, as those in the code have none. */
export const pathOf = (pointer: string): string[] => pointer.split("/").slice(1);

/** A place inside a worker of a Shoot. Workers go by name. */
export const workerPath = (worker: Json, pointer = ""): string[] => [
  "spec",
  "provider",
  "workers",
  nameOf(worker),
  ...pathOf(pointer),
];
