import type { ValuePath } from "../manifests/manifest.ts";
import type { Table } from "../rules/merge.ts";
import type { TablePart } from "../rules/table.ts";
import { didYouMean } from "../validation/nearest-word.ts";

interface IdleRow {
  readonly path: ValuePath;
  readonly message: string;
}

/**
 * Rows of a file that would never say a word, though the format allows them: whoever mistypes the id of a rule that is to be
 * changed gets a new row of that name, without a place and without an effect.
 */
export function idleRows(part: TablePart, table: Table): IdleRow[] {
  const inputs = new Set(table.fingerprints.flatMap((fingerprint) => fingerprint.inputs.map(({ id }) => id)));
  return (["fields", "refusals"] as const).flatMap((list) =>
    (part[list] ?? []).flatMap(({ id }, index): IdleRow[] => {
      const row = table[list].find((one) => one.id === id);
      if (row === undefined) return [];
      const path = [list, index];
      const isChecked = "check" in row && row.check !== undefined;
      if (row.at === undefined && row.from === undefined && row.derived === undefined && !isChecked) {
        const others = table[list].map((one) => one.id).filter((other) => other !== id);
        const reason = inputs.has(id)
          ? `"${id}" is an input of a fingerprint, and those always speak`
          : `no row of ${list} is called "${id}"${didYouMean(id, others)}`;
        return [{ path: [...path, "id"], message: `${reason}; a new row needs "at", the place that it is about` }];
      }
      const isSilent = list === "fields" && !("effect" in row) && !("trigger" in row) && !("cases" in row);
      if (isSilent) return [{ path, message: 'says nothing of its place: add "effect", "trigger" or "cases"' }];
      return row.because === undefined
        ? [{ path, message: 'needs "because", one sentence for the reader of the report' }]
        : [];
    }),
  );
}
