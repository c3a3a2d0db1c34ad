import assert from "node:assert/strict";
import { it } from "node:test";
import { judge, orchard, orchardOf, tableOf } from "./trial-table.ts";

const table = tableOf(`${orchard}
notices:
  - {id: dry, severity: warning, when: {path: $pool/water, is: 0}, because: "bed {pool} of {cluster} is dry: {reason}"}
`);

it("writes names into a notice as they are, whatever they look like", () => {
  const named = (name: string, rows: number) => orchardOf({ beds: [{ name, water: 0, rows }] });
  const said = (name: string): readonly string[] =>
    judge(table, [named(name, 1)], [named(name, 2)]).diagnostics.map(({ code, message }) => `${code} ${message}`);
  for (const name of ["apples", "a$&b", "$$", "{cluster}"])
    assert.deepEqual(said(name), [`orchard/dry bed ${name} of north is dry: `]);
});
