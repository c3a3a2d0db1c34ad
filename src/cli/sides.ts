import { statSync } from "node:fs";
import type { Side } from "../comparison.ts";
import { configurationName } from "../configuration/find.ts";
import type { Configuration } from "../configuration/schema.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import { textsIn } from "../manifests/unread-references.ts";
import type { Sides } from "../rendering/rendered-sides.ts";
import { kindGroupsOf } from "../rules/interest.ts";
import type { NamedPart } from "../rules/merge.ts";
import type { Wanted } from "../sources/change.ts";
import { readOperand } from "../sources/files.ts";
import { changedFolderLinks, type FolderLinks } from "../sources/folder-links.ts";
import { optimizeLater } from "../sources/optimize-later.ts";
import { outlinesOf } from "../systems/outlines.ts";
import { amount } from "../views/phrases.ts";
import { UsageError } from "./errors.ts";
import { assertAlike, assertSides, isPath, withHint } from "./operands.ts";
import { say } from "./output.ts";

/** What decides which files of a tree are read. */
interface Selection {
  readonly accepts: (path: string) => boolean;
  readonly rules: readonly NamedPart[];
  readonly render: Configuration["render"];
  /** Names of pools and clusters that are asked for, changed or not. */
  readonly named?: readonly string[];
  /** For how many seconds git may stay silent, if given. */
  readonly gitTimeout?: string | undefined;
}

/** A side, and whether `paths` left nothing of what it holds. */
type ReadPath = Side & { readonly isEmptied: boolean; readonly folderLinks: FolderLinks };

/** Globs begin at the root of a directory; beside a revision, at that of the repository. */
async function readPath(
  operand: string,
  { accepts }: Selection,
  { isStored = false, isBesideGit = false } = {},
): Promise<ReadPath> {
  const of = ({ path, place }: SourceFile): string => (isBesideGit ? path : (place ?? path));
  const { files, diagnostics, folderLinks = new Map() } = await readOperand(operand, { isStored });
  const isTree = files.length !== 1 || files[0]?.path !== operand;
  const texts = isTree && operand !== "-" ? () => textsIn(files) : undefined;
  return {
    texts,
    label: operand === "-" ? "standard input" : operand,
    files: isTree && operand !== "-" ? files.filter((file) => accepts(of(file))) : files,
    diagnostics,
    folderLinks,
    isEmptied: isTree && files.length > 0 && !files.some((file) => accepts(of(file))),
  };
}

/** Warns of pairs of paths that are rarely meant: the answer is right, but hardly to the question that was meant. */
function sayOddPair(operands: readonly [base: string, head: string], { base, head }: Sides): void {
  const [isFolder, isOtherFolder] = operands.map(
    (operand) => operand !== "-" && statSync(operand, { throwIfNoEntry: false })?.isDirectory() === true,
  );
  const [one, other] = operands;
  if (isFolder !== isOtherFolder && !operands.includes("-"))
    say(
      `${isFolder ? other : one} is a file and ${isFolder ? one : other} a directory: what only one of them has counts as new or deleted`,
    );
  if (isFolder && isOtherFolder && base.files.length === 0 && head.files.length === 0)
    say(`neither ${one} nor ${other} holds a manifest: there are no .yaml, .yml or .json files in them`);
  for (const { label, files } of [base, head]) {
    const [file, ...more] = files;
    if (file === undefined || more.length > 0 || file.place !== undefined || file.stored !== undefined) continue;
    // The shell's <(kustomize build .) is empty when kustomize fails. /dev/null is given on purpose.
    if (label !== "/dev/null" && !/kind["']?\s*:/.test(Buffer.from(file.bytes).toString("latin1")))
      say(
        `${label} holds no manifest, so all that the other side has counts as ${file === base.files[0] ? "new" : "deleted"}`,
      );
  }
}

/** Refuses whole trees of which `paths` leaves nothing: that is a mistake, and no answer about pools. */
function assertSomeLeft(sides: readonly ReadPath[]): void {
  if (!sides.every(({ isEmptied, files }) => isEmptied || files.length === 0)) return;
  if (!sides.some(({ isEmptied }) => isEmptied)) return;
  throw new UsageError(
    `paths of the configuration leaves nothing of ${sides.map(({ label }) => label).join(" and ")}: its globs begin at the root of each`,
  );
}

/** Two files of this size are not held in memory. */
const large = 1024 * 1024;
const isLarge = (operand: string): boolean => {
  const stats = operand === "-" ? undefined : statSync(operand, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size >= large;
};

const isTree = ({ base, head }: Sides): boolean => base.files.length > 1 || head.files.length > 1;

/** To ask for thousands of files is work enough for the engine to begin to optimise. A file has a kilobyte at the least. */
const onChanges = async (count: number): Promise<void> => await optimizeLater(count * 1024);

/** Messages about the run itself, from the paths that differ. */
function sayOfChange(changed: readonly string[], accepts: Selection["accepts"]): void {
  if (changed.length > 0 && !changed.some(accepts))
    say(
      `paths of the configuration leaves out all that changed (${amount(changed.length, "file")}), so nothing was judged`,
    );
  if (changed.includes(configurationName))
    say(`${configurationName} changes here too; the change was judged by that of the working tree, or by --config`);
}

/** Loads git only when an operand needs it. */
async function openGit(selection: Selection, silence: number | undefined) {
  const { namesCommit, readGitSide, withGitChange } = await import("../sources/git/sides.ts");
  const { accepts, rules, named } = selection;
  const groups = kindGroupsOf(outlinesOf(rules));
  const wanted: Wanted = { paths: accepts, groups, ...(named === undefined ? {} : { named }) };
  const options = { cwd: process.cwd(), silenceMs: silence, onChanges };
  return {
    both: (operands: readonly string[]): Promise<Sides> =>
      withGitChange(operands, wanted, options, async (change) => {
        sayOfChange(change.changed, accepts);
        const { renderedFromGit } = await import("../rendering/rendered-sides.ts");
        const sides = await renderedFromGit(change, selection);
        return { ...sides, processes: change.processes() };
      }),
    side: (operand: string) => readGitSide(operand, wanted, options),
    isRevisionToo: (path: string) => namesCommit(path, options),
  };
}

async function silenceMs(given: string | undefined): Promise<number | undefined> {
  if (given === undefined) return undefined;
  const { silenceOf } = await import("../sources/git/silence.ts");
  const found = silenceOf(given);
  if (found !== undefined) return found;
  throw new UsageError(`--git-timeout ${given}: write a number of seconds up to 86400, for example 600`);
}

/** Reads two files, or two directories, which are rendered where that is asked for or a kustomization is among them. */
async function readPaths([base, head]: readonly [base: string, head: string], selection: Selection): Promise<Sides> {
  const isStored = isLarge(base) && isLarge(head);
  const before = await readPath(base, selection, { isStored });
  const after = await readPath(head, selection, { isStored });
  assertSomeLeft([before, after]);
  const links = changedFolderLinks(before.folderLinks, after.folderLinks);
  const sides = { base: before, head: { ...after, diagnostics: [...(after.diagnostics ?? []), ...links] } };
  sayOddPair([base, head], sides);
  if (selection.render === undefined && !isTree(sides)) return sides;
  return await (await import("../rendering/rendered-sides.ts")).renderedFromDirectories(sides, [base, head], selection);
}

/**
 * Reads the two sides of a run: files, directories, standard input, git revisions.
 * @throws {UsageError | InputError}
 */
export async function readSides(operands: readonly string[], selection: Selection): Promise<Sides> {
  assertSides(operands);
  const silence = await silenceMs(selection.gitTimeout);
  const [base, head] = operands;
  try {
    const inGit = operands.filter((operand) => !isPath(operand));
    if (base === undefined || head === undefined || inGit.length === 2) {
      return await (await openGit(selection, silence)).both(operands);
    }
    assertAlike(operands, inGit);
    if (inGit.length > 0) {
      const git = await openGit(selection, silence);
      const read = (operand: string): Promise<Side> =>
        isPath(operand) ? readPath(operand, selection, { isBesideGit: true }) : git.side(operand);
      const sides = { base: await read(base), head: await read(head) };
      for (const path of operands.filter(isPath))
        if (path !== "-" && (await git.isRevisionToo(path)))
          say(
            `${path} was read as what is here by that name, and is a revision too: for that, write refs/heads/${path}`,
          );
      return sides;
    }
    return await readPaths([base, head], selection);
  } catch (error) {
    throw withHint(error, operands);
  }
}
