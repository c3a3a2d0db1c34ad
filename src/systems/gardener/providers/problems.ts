import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import type { Path } from "../../../rules/words.ts";

/** Something that the admission of a provider does not accept in a manifest. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
}

const keyOf = ({ path, message }: Problem): string => `${path} ${message}`;

/** What is wrong on one side. Where the pool is missing on it, its Shoot may still be there. */
const problemsOf = (find: (scope: Scope) => readonly Problem[], scope: Scope): readonly Problem[] =>
  hasPool(scope) ? find(scope) : find(scope).filter(({ path }) => !path.startsWith("$pool"));

/** True when the pool itself is there on this side, and not only its Shoot. */
export const hasPool = (scope: Scope | undefined): scope is Scope => scope?.get("$pool/name") !== undefined;

/**
 * A refusal of what the head holds and the base did not: admission accepted the base, so what is there already was
 * either accepted or is beyond what is known here.
 */
export const newProblems =
  (find: (scope: Scope) => readonly Problem[]): Check =>
  ({ base, head }) => {
    if (head === undefined) return [];
    const known = new Set(base === undefined ? [] : problemsOf(find, base).map(keyOf));
    return problemsOf(find, head)
      .filter((problem) => !known.has(keyOf(problem)))
      .map(({ path, message }) => ({ path, because: `${fieldName(path)}: ${message}`, ...valueAt(head, path) }));
  };

function valueAt(scope: Scope, path: Path): { readonly after?: Json } {
  const after = scope.get(path);
  return after === undefined ? {} : { after };
}

/** `$pool/volume/type` as admission names it: `volume.type`. */
const fieldName = (path: Path): string =>
  path
    .replace(/^\$[a-z]+\//, "")
    .replace(/\/(\d+)(?=\/|$)/g, "[$1]")
    .replaceAll("/", ".")
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
