import { type Interest, interestIn, type InterestRow } from "../manifests/interest.ts";
import type { ObjectRow } from "./table.ts";

const roles = { pool: "judged", cluster: "judged", reference: "reference", unsupported: "unsupported" } as const;

const rowOf = ({ api, kind, role, because }: ObjectRow): InterestRow => ({
  group: api.includes("/") ? api.slice(0, api.indexOf("/")) : "",
  kind,
  role: roles[role],
  ...(because === undefined ? {} : { message: because }),
});

/** Which objects the tables speak of; one that any of them judges is judged. */
export function interestOf(tables: readonly { readonly objects: readonly ObjectRow[] }[]): Interest {
  const rows = tables.flatMap(({ objects }) => objects.map(rowOf));
  const order: readonly InterestRow["role"][] = ["reference", "unsupported", "judged"];
  return interestIn(rows.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role)));
}

/**
 * The kinds of each system whose objects name each other, so that a change of one may matter to an unchanged other. A
 * system whose objects stand alone has no group.
 */
export function kindGroupsOf(
  tables: readonly { readonly objects: readonly ObjectRow[] }[],
): { readonly judged: readonly string[]; readonly references: readonly string[] }[] {
  return tables.flatMap(({ objects }) => {
    const kindsOf = (...wanted: readonly ObjectRow["role"][]) =>
      objects.filter(({ role }) => wanted.includes(role)).map(({ kind }) => kind);
    const [judged, references] = [kindsOf("pool", "cluster"), kindsOf("reference")];
    return new Set([...judged, ...references]).size > 1 ? [{ judged, references }] : [];
  });
}
