import type { ValuePath } from "../manifests/manifest.ts";
import type { Table } from "./merge.ts";
import { parsePath } from "./path.ts";
import type { TablePart } from "./table.ts";

/** Variables and references of one file that are told by themselves in the whole table; `path` is their place in the file. */
export function circularNames(
  part: TablePart,
  table: Table,
): readonly { readonly path: ValuePath; readonly message: string }[] {
  const named = new Map<string, readonly string[]>([
    ...table.references.map(({ id, names }) => [id, [rootOf(names)]] as const),
    ...Object.entries(table.let).map(([name, variable]) => [name, pathsOf(variable).map(rootOf)] as const),
  ]);
  const own: readonly (readonly [name: string, path: ValuePath])[] = [
    ...Object.keys(part.let ?? {}).map((name) => [name, ["let", name]] as const),
    ...(part.references ?? []).map(({ id }, index) => [id, ["references", index, "names"]] as const),
  ];
  return own.flatMap(([name, path]) => {
    const through = wayBack(name, named);
    if (through === undefined) return [];
    const way = [name, ...through, name].map((one) => `$${one}`).join(" -> ");
    return [{ path, message: `stands for itself: ${way}` }];
  });
}

/** The names between a name and itself; undefined where it does not lead back. */
function wayBack(name: string, named: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const seen = new Set<string>();
  const open: (readonly string[])[] = [[]];
  for (let way = open.pop(); way !== undefined; way = open.pop())
    for (const next of named.get(way.at(-1) ?? name) ?? []) {
      if (next === name) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push([...way, next]);
    }
  return undefined;
}

const pathsOf = (variable: Table["let"][string]): readonly string[] =>
  typeof variable === "string" ? [variable] : "derived" in variable ? [] : variable;

const rootOf = (path: string): string => parsePath(path, "pool").root;
