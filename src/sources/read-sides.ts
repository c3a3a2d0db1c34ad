import type { Diagnostic, SourceFile } from "../manifests/manifest.ts";
import {
  type Change,
  type Content,
  type SideName,
  type SideSource,
  type TreeEntry,
  type TreePair,
  type Wanted,
} from "./change.ts";
import { isLink, isSubmodule } from "./git-changes.ts";
import { isManifest, isManifestName } from "./manifest-name.ts";
import { companions, mentions } from "./companions.ts";
import { shownName } from "./shown-name.ts";

export interface Label {
  readonly label: string;
  readonly revision?: string;
}

interface Reading {
  readonly files: Map<string, SourceFile>;
  readonly diagnostics: Diagnostic[];
}

/**
 * The manifests of both sides of a change: those in changed files and, when one of those may matter to manifests elsewhere,
 * those in unchanged files too. An unchanged file is the same object on both sides.
 */
export async function readSides(
  pair: TreePair,
  labels: Readonly<Record<SideName, Label>>,
  wanted: Wanted,
): Promise<Readonly<Record<SideName, SideSource>>> {
  const isWanted = wanted.paths ?? (() => true);
  const changes = pair.changes.filter(({ path }) => isWanted(path));
  await pair.announce?.(changes);
  const sides = { base: await readSide(pair, changes, "base"), head: await readSide(pair, changes, "head") };
  const texts = [...sides.base.files.values(), ...sides.head.files.values()].map(({ bytes }) => bytes);
  const groups = wanted.groups.filter((group) =>
    texts.some((text) => mentions(text, [...group.judged, ...group.references])),
  );
  if (groups.length > 0) {
    const changed = new Set(pair.changes.map(({ raw }) => raw.toString("latin1")));
    const { files, diagnostics } = await pair.search([
      ...new Set(groups.flatMap(({ judged, references }) => [...judged, ...references])),
    ]);
    const unchanged = files.filter(
      ({ raw, path, bytes }) => !changed.has(raw.toString("latin1")) && isWanted(path) && isManifest(path, bytes),
    );
    const kept = companions(texts, unchanged, groups);
    for (const file of kept) for (const side of [sides.base, sides.head]) side.files.set(file.path, file);
    sides.head.diagnostics.push(...diagnostics);
  }
  return { base: sideOf(labels.base, sides.base), head: sideOf(labels.head, sides.head) };
}

function sideOf(label: Label, { files, diagnostics }: Reading): SideSource {
  const sorted = [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { ...label, files: sorted, diagnostics };
}

async function readSide(pair: TreePair, changes: readonly Change[], side: SideName): Promise<Reading> {
  const reading: Reading = { files: new Map(), diagnostics: [] };
  const rows: { readonly change: Change; readonly entry: TreeEntry }[] = [];
  for (const change of changes) {
    const entry = change[side];
    if (entry === undefined) continue;
    if (isSubmodule(entry)) reading.diagnostics.push(...submodule(change, side));
    else rows.push({ change, entry });
  }
  const contents = await pair.read(
    side,
    rows.map(({ change, entry }) => ({ raw: change.raw, entry })),
  );
  for (const [index, { change, entry }] of rows.entries()) {
    const content = contents[index]!;
    const isFollowed = isLink(entry) && content.state === "found";
    add(reading, change.path, isFollowed ? await pair.follow(side, change.raw) : content);
  }
  return reading;
}

function add(reading: Reading, path: string, content: Content): void {
  if (content.state === "found") {
    if (isManifest(path, content.bytes)) reading.files.set(path, { path, bytes: content.bytes });
    return;
  }
  if (!isManifestName(path)) return;
  reading.diagnostics.push({
    severity: "error",
    code: content.code,
    message: `the file was not read: ${content.because}`,
    file: path,
    incomplete: true,
  });
}

/** Said once, on the head side, unless the submodule is gone there. */
function submodule(change: Change, side: SideName): Diagnostic[] {
  if (side === "base" && isSubmodule(change.head)) return [];
  const ids = [change.base, change.head].map((entry) => (isSubmodule(entry) ? (entry?.id ?? undefined) : undefined));
  const [from, to] = ids;
  const command =
    from !== undefined && to !== undefined
      ? `compare it with cd ${shownName(change.path)} && will-it-roll ${from} ${to}`
      : "compare it in a checkout of its own";
  return [
    {
      severity: "warning",
      code: "submodule-changed",
      message: `the submodule points to another commit, and what is in it was not read; ${command}`,
      file: change.path,
      incomplete: true,
    },
  ];
}
