import { type Change, modes, type TreeEntry } from "../sources/change.ts";
import { InputError } from "../sources/input-error.ts";
import { shownName } from "../sources/shown-name.ts";
import { named, type RepositoryAccess } from "./repository.ts";

/** How many folders are listed one by one when GitHub cuts the list of a whole tree. */
export const maximumFolders = 400;

type Row = TreeEntry & { readonly path: string };
interface Listing {
  readonly rows: readonly Row[];
  readonly isTruncated: boolean;
}

/** What differs between two commits, and all of the head where one request could list it. */
export interface TreeDifference {
  readonly changes: readonly Change[];
  /** Undefined when the tree is too large for one list. */
  readonly head: readonly Row[] | undefined;
}

async function list(access: RepositoryAccess, id: string, isRecursive: boolean): Promise<Listing> {
  const { data } = await access.client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...named(access),
    tree_sha: id,
    ...(isRecursive ? { recursive: "1" } : {}),
  });
  const rows = data.tree.map(({ path, mode, sha }) => ({ path, mode, id: sha }));
  return { rows, isTruncated: data.truncated };
}

/**
 * Compares two commits by the lists of their trees. A list that GitHub cut is never judged: then only the folders that
 * differ are listed, one by one.
 * @throws {InputError} `tree-too-large` when even that is too much
 */
export async function compareTrees(access: RepositoryAccess, base: string, head: string): Promise<TreeDifference> {
  const [before, after] = await Promise.all([list(access, base, true), list(access, head, true)]);
  const isWhole = !before.isTruncated && !after.isTruncated;
  const changes = isWhole
    ? differences(files(before.rows), files(after.rows), "")
    : await descend(access, { base, head, prefix: "" }, { listed: 0 });
  return { changes, head: isWhole ? files(after.rows) : undefined };
}

const files = (rows: readonly Row[]): Row[] => rows.filter(({ mode }) => mode !== modes.folder);

function differences(base: readonly Row[], head: readonly Row[], prefix: string): Change[] {
  const before = new Map(base.map((row) => [row.path, row]));
  const after = new Map(head.map((row) => [row.path, row]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Change[] => {
    const [one, other] = [before.get(name), after.get(name)];
    if (one?.id === other?.id && one?.mode === other?.mode) return [];
    const raw = Buffer.from(prefix + name);
    return [{ raw, path: shownName(raw), base: one, head: other }];
  });
}

interface Pair {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly prefix: string;
}

async function descend(access: RepositoryAccess, pair: Pair, count: { listed: number }): Promise<Change[]> {
  const side = async (id: string | undefined): Promise<readonly Row[]> => {
    if (id === undefined) return [];
    count.listed += 1;
    if (count.listed > maximumFolders) throw tooLarge();
    const { rows, isTruncated } = await list(access, id, false);
    if (isTruncated) throw tooLarge();
    return rows;
  };
  const [base, head] = await Promise.all([side(pair.base), side(pair.head)]);
  const changed = differences(base, head, pair.prefix);
  const found: Change[] = [];
  for (const change of changed) {
    const [before, after] = [change.base, change.head].map((entry) =>
      entry?.mode === modes.folder ? (entry.id ?? undefined) : undefined,
    );
    const rest = {
      ...change,
      base: before === undefined ? change.base : undefined,
      head: after === undefined ? change.head : undefined,
    };
    if (rest.base !== undefined || rest.head !== undefined) found.push(rest);
    if (before !== undefined || after !== undefined)
      found.push(
        ...(await descend(access, { base: before, head: after, prefix: `${change.raw.toString("utf8")}/` }, count)),
      );
  }
  return found;
}

function tooLarge(): InputError {
  return new InputError(
    "tree-too-large",
    "GitHub cuts the list of this repository's files, and too many of its folders changed to list them one by one. Check the repository out before this step: actions/checkout with fetch-depth: 2",
  );
}
