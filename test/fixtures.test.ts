import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import type { CompiledTable } from "../src/rules/compile.ts";
import type { Rule } from "../src/rules/rule.ts";
import type { Effect } from "../src/rules/words.ts";
import { loadTables } from "../src/systems/tables.ts";
import { expectedOther, judge, type Outcome } from "./fixtures/judge.ts";
import { isNear } from "./fixtures/nearness.ts";
import { fixturesOf, type Probe } from "./fixtures/probe.ts";
import { readWaivers } from "./fixtures/read-waivers.ts";
import { recordReads } from "./fixtures/recorded-reads.ts";
import { unsaidReads } from "./fixtures/unsaid-reads.ts";

/** The effects with which a rule is named. A hold is named by its reason, a notice among the diagnostics. */
function spoken({ type, name, row }: Rule, { pool, report }: Outcome, { reason }: Probe): Effect[] {
  if (type === "notice") return report.diagnostics.some(({ code }) => code === name) ? ["none"] : [];
  if (type === "hold") {
    const said = (reason ?? row.because ?? name).split("{value}");
    return said.every((part) => pool?.pending?.reason.includes(part) === true) && pool ? [pool.effect] : [];
  }
  return [...(pool?.causes ?? []), ...(pool?.checked ?? [])]
    .filter(({ rule }) => rule === name)
    .map(({ effect }) => effect);
}

const told = (outcome: Outcome): string =>
  [...(outcome.pool?.causes ?? []), ...(outcome.pool?.checked ?? [])]
    .map(({ rule, effect, path }) => `${rule} ${effect} ${path}`)
    .join("\n");

function agrees(system: string, probe: Probe): Outcome {
  const outcome = judge(system, probe);
  assert.deepEqual(
    { effect: outcome.effect, other: outcome.other, pending: outcome.pool?.pending?.effect },
    { effect: probe.expect, other: expectedOther(system, probe), pending: probe.pending },
    `${JSON.stringify(probe.edits)}\n${told(outcome)}`,
  );
  return outcome;
}

const ruleNamed = (table: CompiledTable, name: string): Rule =>
  table.rules.find((rule) => rule.name === name) ?? assert.fail(`there is no rule ${name}`);

const tables = loadTables();
const recorded = recordReads(tables);

for (const table of tables)
  describe(table.system, () => {
    for (const { rule: name, file, fires, quiet, elsewhere } of fixturesOf(table.system))
      it(`${file}: ${name}`, () => {
        const rule = ruleNamed(table, name);
        for (const probe of fires) {
          const outcome = agrees(table.system, probe);
          assert.ok(
            spoken(rule, outcome, probe).includes(probe.says),
            `${JSON.stringify(probe.edits)}: the rule does not say ${probe.says}\n${told(outcome)}`,
          );
        }
        const loud = new Set(fires.map(({ says }) => says));
        const heard = (probe: Probe, outcome: Outcome): Effect[] =>
          spoken(rule, outcome, probe).filter((effect) => effect !== "none" || loud.has("none"));
        for (const probe of quiet) {
          const edits = JSON.stringify(probe.edits);
          assert.ok(isNear(table, rule, probe, fires), `${edits}: far from all that the rule reads`);
          const outcome = agrees(table.system, probe);
          assert.deepEqual(heard(probe, outcome), [], `${edits}: the rule should keep quiet\n${told(outcome)}`);
        }
        for (const probe of elsewhere) {
          const outcome = judge(table.system, probe);
          assert.deepEqual(heard(probe, outcome), [], `${JSON.stringify(probe.edits)}: elsewhere\n${told(outcome)}`);
        }
      });
  });

test("what the functions of a rule look at stands among its reads", () => {
  const reads = recorded();
  const unsaid = tables.flatMap((table) => unsaidReads(table, reads));
  assert.deepEqual(
    unsaid.filter((one) => !readWaivers.some(({ read }) => one.startsWith(read))),
    [],
    "a change there alone is not noticed: add the place to reads",
  );
  assert.deepEqual(
    readWaivers.filter(({ read }) => !unsaid.some((one) => one.startsWith(read))),
    [],
    "nothing needs these waivers",
  );
});
