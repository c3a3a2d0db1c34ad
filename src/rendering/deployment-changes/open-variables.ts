import { isObject } from "../../manifests/json-object.ts";
import type { Diagnostic, Json } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import { placeOfVariable } from "../../manifests/substitutions.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { canonicalText } from "../../rules/canonical.ts";
import type { AppliedFolders } from "../applied/applied-folders.ts";
import { settingPlaces } from "../deployers/named-settings.ts";
import { filesOfRoot, type ReachedRoots } from "../kustomize/reached-roots.ts";
import { fullName, nameOf, objectsIn } from "../objects-in.ts";
import { isRelevant } from "../relevant.ts";
import type { RenderOptions } from "../render-options.ts";
import { mayBeManifest, readFollowed, readMatching, type TreeChange } from "../trees/file-tree.ts";

/**
 * Reports kustomizations that the change does not reach and that use a variable of a changed ConfigMap or Secret: what
 * substitutes it is not in the repository. Plain files are looked into where manifests are read.
 */
export async function openVariables(
  trees: TreeChange,
  { others }: ReachedRoots,
  { replaced }: Pick<AppliedFolders, "replaced">,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const changed = await changedKeys(trees);
  if (changed.size === 0) return [];
  const plain = others.filter(
    ({ root, file }) => accepts(file) && !replaced.base.has(root) && !replaced.head.has(root),
  );
  const paths = [...new Set(plain.flatMap((root) => [...filesOfRoot(root)]))];
  const found: Diagnostic[] = [];
  for (const [path, bytes] of await readMatching(trees.head, paths, /\$\{/)) {
    const text = bytes.toString("utf8");
    const key = [...changed.keys()].find((one) => placeOfVariable(text, one) !== -1);
    if (key === undefined || !isRelevant(bytes, kinds)) continue;
    const message = `\${${key}} is used here, which the changed ${changed.get(key)} may set: render both sides, for example with flux build, and pass the two directories`;
    const line = text.slice(0, placeOfVariable(text, key)).split("\n").length;
    found.push(unrendered(message, { file: shown("head", path), line }));
  }
  return found;
}

/** Settings that differ between the sides, with what holds them. */
async function changedKeys({ base, head, changed }: TreeChange): Promise<ReadonlyMap<string, string>> {
  const paths = [...changed].filter(mayBeManifest);
  const before = settingsIn(await readFollowed(base, paths));
  const after = settingsIn(await readFollowed(head, paths));
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return new Map(
    names.flatMap((name) => {
      const [old, now] = [before.get(name), after.get(name)];
      return old?.value === now?.value ? [] : [[(old ?? now)!.key, (now ?? old)!.title] as const];
    }),
  );
}

interface Setting {
  readonly key: string;
  readonly value: string;
  readonly title: string;
}

function settingsIn(contents: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  for (const bytes of contents.values())
    for (const object of objectsIn(bytes, /ConfigMap|Secret/)) {
      const { kind } = object;
      if (kind !== "ConfigMap" && kind !== "Secret" && kind !== "SealedSecret") continue;
      const title = `${kind} ${quote(fullName(nameOf(object)))}`;
      for (const place of settingPlaces)
        for (const [key, value] of entriesOf(valueUnder(object, ...place)))
          found.set(`${title} ${key}`, { key, value: canonicalText(value), title });
    }
  return found;
}

const entriesOf = (value: Json | undefined): [string, Json][] => (isObject(value) ? Object.entries(value) : []);
