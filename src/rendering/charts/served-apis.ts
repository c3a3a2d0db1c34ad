import type { JudgedKind } from "../relevant.ts";

/**
 * The API versions of judged groups that templates name: a cluster to which pools are deployed serves them, though helm knows
 * nothing of them without a cluster (`.Capabilities.APIVersions.Has`).
 */
export function servedApis(
  files: ReadonlySet<string>,
  written: readonly ReadonlyMap<string, Buffer>[],
  kinds: readonly JudgedKind[],
): string[] {
  const groups = new Set(kinds.map(({ group }) => group.replaceAll(".", String.raw`\.`)));
  const pattern = new RegExp(String.raw`(?<![\w.-])(?:${[...groups].join("|")})/v\d\w*(?:/[A-Z]\w*)?`, "g");
  const found = new Set<string>();
  for (const contents of written)
    for (const [path, bytes] of contents)
      if (files.has(path) && /(?:^|\/)templates\//.test(path))
        for (const [version] of bytes.toString("utf8").matchAll(pattern)) found.add(version);
  return [...found].toSorted();
}
