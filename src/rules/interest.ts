import { groupOf } from "../manifests/identity.ts";
import { type Interest, interestIn, type InterestRow } from "../manifests/interest.ts";
import { parsePath } from "./path.ts";
import type { ObjectRow, OperatorRow, ReferenceRow } from "./table.ts";

const roles = {
  pool: "judged",
  cluster: "judged",
  reference: "reference",
  unsupported: "unsupported",
  ignored: "ignored",
} as const;

type Objects = { readonly objects: readonly ObjectRow[]; readonly references?: readonly ReferenceRow[] };

const rowOf = ({ api, kind, role, because }: ObjectRow, tables: readonly Objects[]): InterestRow => ({
  group: groupOf(api),
  kind,
  role: roles[role],
  ...(because === undefined ? {} : { message: because }),
  ...(role === "reference" ? { users: usersOf(kind, tables), ...readsOf(kind, tables) } : {}),
  ...(isClusterScoped(kind, tables) ? { isClusterScoped: true } : {}),
});

const isClusterScoped = (named: string, tables: readonly Objects[]): boolean =>
  tables.some(({ references = [] }) =>
    references.some(({ kind, clusterScoped }) => kind === named && clusterScoped === true),
  );

/** What is read of an object of a kind, whoever names it; nothing where all of it may be. */
function readsOf(kind: string, tables: readonly Objects[]): Pick<InterestRow, "reads"> {
  const naming = tables.flatMap(({ references = [] }) => references.filter((reference) => reference.kind === kind));
  const reads = naming.flatMap((reference) => reference.reads ?? []).map((path) => parsePath(path, "").segments);
  return naming.some((reference) => reference.reads === undefined) || reads.length === 0 ? {} : { reads };
}

/** The kinds of pools and clusters that name objects of a kind. */
const usersOf = (named: string, tables: readonly Objects[]): string[] =>
  tables
    .filter(({ objects }) => objects.some(({ kind, role }) => role === "reference" && kind === named))
    .flatMap(({ objects }) => objects.filter(({ role }) => roles[role] === "judged").map(({ kind }) => kind));

/** Which objects the tables speak of. Where they differ about a kind, the one that does more with it counts. */
export function interestOf(tables: readonly (Objects & { readonly operators: readonly OperatorRow[] })[]): Interest {
  const rows = tables.flatMap(({ objects }) => objects.map((object) => rowOf(object, tables)));
  const order: readonly InterestRow["role"][] = ["ignored", "reference", "unsupported", "judged"];
  return interestIn(
    rows.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role)),
    tables.flatMap(({ operators }) => operators),
  );
}

/** Kinds of objects that belong together: those of one system, by their role. */
export interface KindGroup {
  readonly pools: readonly string[];
  /** Kinds of objects that have pools. */
  readonly clusters: readonly string[];
  /** Kinds of objects that pools and clusters name. */
  readonly references: readonly string[];
  /** Such of which only a change matters: unchanged ones are not looked for. */
  readonly changesOnly: readonly string[];
  /** Those of them that take something from others of them, which reaches whoever names them. */
  readonly between: readonly string[];
}

/** The kinds of each system by their role. */
export function kindGroupsOf(
  tables: readonly { readonly objects: readonly ObjectRow[]; readonly references: readonly ReferenceRow[] }[],
): KindGroup[] {
  return tables.map(({ objects, references }) => {
    const kindsOf = (wanted: ObjectRow["role"]) =>
      objects.filter(({ role }) => role === wanted).map(({ kind }) => kind);
    const isSought = (kind: string): boolean =>
      references.some((reference) => reference.kind === kind && reference.changesOnly !== true);
    const named = kindsOf("reference");
    const namers = new Set(references.map(({ names }) => parsePath(names, "pool").root));
    const between = new Set(references.flatMap(({ id, kind }) => (namers.has(id) ? [kind] : [])));
    return {
      pools: kindsOf("pool"),
      clusters: kindsOf("cluster"),
      references: named.filter(isSought),
      changesOnly: named.filter((kind) => !isSought(kind)),
      between: [...between].filter((kind) => !isSought(kind)),
    };
  });
}
