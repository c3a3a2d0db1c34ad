import type { Scope } from "../../../rules/functions.ts";
import type { Decoder } from "./problems.ts";

/** The decoder whose release is the target of that name. */
export const decoderOf = (scope: Scope, name: string, target: string): Decoder => ({
  name,
  release: () => scope.target(target),
  knownRelease: scope.isKnownRelease(target) ? scope.target(target) : undefined,
});
