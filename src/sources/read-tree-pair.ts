import type { Diagnostic, PerSide, SideName, SourceFile } from "../manifests/manifest.ts";
import { makerWords, mayBeParameters } from "../manifests/named-files.ts";
import { valuesFrom } from "../manifests/substitutions.ts";
import { byCodeUnits } from "../manifests/text-order.ts";
import { type Texts, textsIn } from "../manifests/unread-references.ts";
import type { KindGroup } from "../rules/interest.ts";
import {
  type Change,
  type Content,
  type Found,
  type SideSource,
  type TreeEntry,
  type TreePair,
  type Wanted,
} from "./change.ts";
import { companions, mentions } from "./companions.ts";
import { isLink, isSubmodule } from "./git/raw-diff.ts";
import { isManifest, isManifestName, mayMakeManifests } from "./manifest-name.ts";
import { settingUsers } from "./setting-users.ts";
import { shownName } from "./shown-name.ts";

interface Label {
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
export async function readTreePair(
  pair: TreePair,
  labels: PerSide<Label>,
  wanted: Wanted,
): Promise<PerSide<SideSource>> {
  const isWanted = wanted.paths ?? (() => true);
  const changes = pair.changes.filter(({ path }) => isWanted(path));
  await pair.announce?.(changes);
  const sides = { base: await readSide(pair, changes, "base"), head: await readSide(pair, changes, "head") };
  const files = [...sides.base.files.values(), ...sides.head.files.values()];
  const asked = wanted.named?.map((name) => `name: ${name}`) ?? [];
  const concerned = wanted.groups.map((group) => ({ group, texts: [...textsOf(group, files), ...asked] }));
  const groups = concerned.filter(({ texts }) => texts.length > 0).map(({ group }) => group);
  const makers = files.some(mayHoldParameters) ? makerWords : [];
  const references = wanted.groups.flatMap((group) => group.references);
  const settings = references.length === 0 ? [] : textsWith(files, references);
  const filled = settings.length === 0 ? [] : [valuesFrom, ...wanted.groups.flatMap(judgedKinds)];
  let others: readonly Found[] | undefined;
  const words = new Set([...groups.flatMap((group) => [...kindsOf(group), ...group.between]), ...makers, ...filled]);
  if (words.size > 0) {
    const changed = new Set(pair.changes.map(({ raw }) => raw.toString("latin1")));
    const found = await pair.search([...words]);
    const unchanged = found.files.filter(({ key }) => !changed.has(key));
    const texts = new Set(concerned.flatMap((one) => one.texts));
    const isMaker = ({ text }: Found): boolean => makers.some((word) => text.includes(word));
    const concerning = new Set([
      ...(groups.length > 0 ? companions([...texts], unchanged, groups, isWanted) : []),
      ...[...unchanged.filter(isMaker), ...settingUsers(settings, unchanged)].filter(({ path }) => isWanted(path)),
    ]);
    const read = await readUnchanged(pair, [...concerning]);
    for (const file of read.files) for (const side of [sides.base, sides.head]) side.files.set(file.path, file);
    sides.head.diagnostics.push(...found.diagnostics, ...read.diagnostics);
    // Whoever may use an object that others name was searched for only where such an object may have changed.
    if (found.diagnostics.length === 0 && filled.length > 0) others = unchanged;
  }
  const texts = others === undefined ? undefined : textsOfTree(files, others);
  return { base: sideOf(labels.base, sides.base, texts), head: sideOf(labels.head, sides.head, texts) };
}

const textsOfTree = (changed: readonly SourceFile[], unchanged: readonly Found[]): Texts =>
  function* () {
    for (const { text } of unchanged) yield text;
    yield* textsIn(changed);
  };

const identities = ["\nkind:", "\napiVersion:"] as const;

/** Nearly every manifest says what it is in the plainest way, which is found without decoding it. */
function mayHoldParameters({ path, bytes }: SourceFile): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return !identities.some((identity) => text.includes(identity)) && mayBeParameters(path, text.toString("latin1"));
}

const judgedKinds = ({ pools, clusters }: KindGroup): string[] => [...pools, ...clusters];
const kindsOf = (group: KindGroup): string[] => [...judgedKinds(group), ...group.references];

/** The texts of objects of which others of the group may speak: none where there is only one kind, which names no other. */
function textsOf(group: KindGroup, files: readonly SourceFile[]): string[] {
  const kinds = new Set(kindsOf(group));
  return [...(kinds.size > 1 ? textsWith(files, [...kinds]) : []), ...textsDeclaring(files, group.changesOnly)];
}

/** The texts that may hold an object of one of the kinds. Of others a nested block names the kind: no metadata is beside it. */
function textsDeclaring(files: readonly SourceFile[], kinds: readonly string[]): string[] {
  if (kinds.length === 0) return [];
  const word = wordOf(kinds);
  const named = new RegExp(String.raw`^([ \t-]+)kind:[ \t]*["']?(?:${eitherOf(kinds)})["']?[ \t]*\r?$`, "gm");
  return textsWith(files, kinds).filter((text) => {
    const beside = new Set(
      Array.from(text.matchAll(/^([ \t-]*)["']?metadata\b/gm), ([, before = ""]) => before.length),
    );
    return word.test(text.replaceAll(named, (line, before: string) => (beside.has(before.length) ? line : "")));
  });
}

const eitherOf = (kinds: readonly string[]): string => kinds.map((kind) => kind.replaceAll(/\W/g, ".")).join("|");

const wordOf = (kinds: readonly string[]): RegExp =>
  new RegExp(String.raw`(?<!\w)(?:${eitherOf(kinds)})(?:List)?(?!\w)`);

/** A letter in another spelling, and Base64: both may be part of a kind, and of the key before it. */
const spelledLetter = /\\(?:x|u00|U000000)[4-7][\dA-Fa-f]|[A-Za-z]\\\r?$|!![b%]|!<[^<>\s]*(?:binary|%)/m;
const spelling = ["\\", "!!", "!<"];

/** The texts that hold one of the kinds as a word, or may hold it in other letters. */
function textsWith(files: readonly SourceFile[], kinds: readonly string[]): string[] {
  const word = wordOf(kinds);
  return files.flatMap(({ bytes }) => {
    if (!mentions(bytes, [...kinds, ...spelling])) return [];
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    return word.test(text) || spelledLetter.test(text) ? [text] : [];
  });
}

async function readUnchanged(
  pair: TreePair,
  found: readonly Found[],
): Promise<{ readonly files: readonly SourceFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  const contents = await pair.readFound(found);
  const files: SourceFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, { path }] of found.entries()) {
    const content = contents[index]!;
    if (content.state !== "found")
      diagnostics.push({
        severity: "warning",
        code: content.code,
        message: `the unchanged file was not read: ${content.because}`,
        file: path,
        incomplete: true,
      });
    else if (isManifest(path, content.bytes)) files.push({ path, bytes: content.bytes });
  }
  return { files, diagnostics };
}

function sideOf(label: Label, { files, diagnostics }: Reading, texts: Texts | undefined): SideSource {
  const sorted = [...files.values()].toSorted((a, b) => byCodeUnits(a.path, b.path));
  return { ...label, files: sorted, diagnostics, texts };
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
    add(reading, change.path, isFollowed ? await pair.follow(side, change.raw, content.bytes) : content);
  }
  return reading;
}

function add(reading: Reading, path: string, content: Content): void {
  if (content.state === "found") {
    if (mayMakeManifests(path, content.bytes)) reading.files.set(path, { path, bytes: content.bytes });
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
