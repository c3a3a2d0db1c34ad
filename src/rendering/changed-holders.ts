import type { PerSide } from "../manifests/manifest.ts";
import { memoized } from "../manifests/memoized.ts";
import { judgedIn } from "./objects-in.ts";
import type { JudgedKind } from "./relevant.ts";
import { readFollowed, type TreeChange } from "./trees/file-tree.ts";

/** Files of one side, and the identities of what is judged in them. */
type Holders = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The changed files that lose or gain objects that are judged, with what they hold on each side. Most changes leave the names in
 * a file alone, and are not parsed for this; several parts of rendering ask.
 */
export const changedHolders = (trees: TreeChange, kinds: readonly JudgedKind[]): Promise<PerSide<Holders>> =>
  holdersIn(trees)(kinds);

const holdersIn = memoized((trees: TreeChange) =>
  memoized(async (kinds: readonly JudgedKind[]): Promise<PerSide<Holders>> => {
    const paths = [...trees.changed];
    const [before, after] = [await readFollowed(trees.base, paths), await readFollowed(trees.head, paths)];
    const isMoving = (path: string): boolean => namesIn(before.get(path)) !== namesIn(after.get(path));
    const held = (contents: ReadonlyMap<string, Buffer>): Holders =>
      new Map(
        [...contents].flatMap(([path, bytes]) =>
          isMoving(path) ? [[path, new Set(judgedIn(bytes, kinds))] as const] : [],
        ),
      );
    return { base: held(before), head: held(after) };
  }),
);

/** An object that leaves a file takes its kind and names along. Escapes may spell the keys. */
const identifying = /\b(?:kind|name(?:space)?)["']?[ \t]*:[^\n,}]*|\\[uUx]/g;

const namesIn = (bytes: Buffer | undefined): string | undefined =>
  bytes === undefined ? undefined : (bytes.toString("utf8").match(identifying) ?? []).join("\n");
