import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { rulePage } from "../scripts/docs/rule-page.ts";
import { effectWords, type RuleCard, ruleCards } from "../src/reference/rule-card.ts";
import { unknownNames } from "../src/rules/check-names.ts";
import type { Table } from "../src/rules/merge.ts";
import { loadTables } from "../src/systems/tables.ts";
import { sourceLinks } from "../src/views/source-link.ts";
import { conditionWaivers, fixtureWaivers, overlapWaivers } from "./audit-waivers.ts";
import { root } from "./built-program.ts";
import { unshown } from "./fixtures/coverage.ts";
import { idleConditions } from "./fixtures/decisive.ts";
import { fixturesOf } from "./fixtures/probe.ts";
import { builtinParts, functionsOf } from "./systems/builtin-systems.ts";

const tables = loadTables();
const parts = builtinParts();

/** Two rules that say different things of one field under the same condition. What a named function decides only code knows. */
function contradictions(table: Table, cards: readonly RuleCard[]): string[] {
  const claims = new Map<string, RuleCard[]>();
  const decided = new Set(
    table.fields.flatMap(({ id, derived }) => (derived === undefined ? [] : [`${table.system}/${id}`])),
  );
  for (const card of cards.filter(
    ({ name, type, cases }) => type === "field" && cases.length === 0 && !decided.has(name),
  ))
    for (const field of card.fields) {
      const key = JSON.stringify([field, card.condition]);
      claims.set(key, [...(claims.get(key) ?? []), card]);
    }
  return [...claims].flatMap(([key, claimants]) => {
    const effects = new Set(claimants.map((card) => effectWords(card.effects)));
    return effects.size > 1 ? [`${key}: ${claimants.map(({ name }) => name).join(", ")}`] : [];
  });
}

describe("the tables", () => {
  for (const table of tables) {
    const cards = ruleCards(table);

    describe(table.system, () => {
      it("have rules, each with a name of its own", () => {
        assert.ok(cards.length > 100);
        const names = cards.map(({ name }) => name);
        assert.deepEqual(
          names.filter((name, index) => names.indexOf(name) !== index),
          [],
        );
      });

      it("say of each rule why, and where upstream says so", () => {
        assert.deepEqual(
          cards.filter(({ because }) => because === "").map(({ name }) => name),
          [],
        );
        assert.deepEqual(
          cards.filter(({ source }) => source === "").map(({ name }) => name),
          [],
        );
      });

      it("cite files of repositories at a commit", () => {
        const file = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/blob\/(?:[0-9a-f]{7,40}|v\d+\.\d+\.\d+)\/\S+\.\w+$/;
        const uncited = cards.filter(({ source }) => sourceLinks(source).some(({ url = "" }) => !file.test(url)));
        assert.deepEqual(
          uncited.map(({ name, source }) => `${name}: ${source}`),
          [],
        );
      });

      it("say of every rule on which fields it stands", () => {
        assert.deepEqual(
          cards.filter(({ type, fields }) => type === "field" && fields.length === 0).map(({ name }) => name),
          [],
        );
      });

      it("name only functions, targets, options, triggers and roots that exist", () => {
        const unknown = parts
          .filter(({ part }) => part.system === table.system)
          .flatMap(({ file, part }) =>
            unknownNames(part, table, functionsOf[table.system] ?? {}).map(
              ({ path, message }) => `${file} ${path.join(".")}: ${message}`,
            ),
          );
        assert.deepEqual(unknown, []);
      });

      it("do not claim one field with different effects under one condition, but where a waiver says why", () => {
        const found = contradictions(table, cards);
        const waived = overlapWaivers.filter(({ system }) => system === table.system).map(({ overlap }) => overlap);
        assert.deepEqual(
          found.filter((one) => !waived.includes(one)),
          [],
        );
        assert.deepEqual(
          waived.filter((one) => !found.includes(one)),
          [],
          "stale waivers",
        );
      });

      it("are each shown to fire, everywhere and with every effect, and to keep quiet, but where a waiver says why", () => {
        const lacks = unshown(table, fixturesOf(table.system));
        const waived = fixtureWaivers.map(({ lack }) => lack).filter((lack) => lack.startsWith(`${table.system}/`));
        assert.deepEqual(
          lacks.filter((lack) => !waived.includes(lack)),
          [],
          `write it down in test/fixtures/${table.system}/`,
        );
        assert.deepEqual(
          waived.filter((lack) => !lacks.includes(lack)),
          [],
          "stale waivers",
        );
      });

      it("have no condition that no fixture shows to matter, but where a waiver says why", () => {
        const idle = idleConditions(table, fixturesOf(table.system));
        const waived = conditionWaivers
          .map(({ condition }) => condition)
          .filter((condition) => condition.startsWith(`${table.system}/`));
        assert.deepEqual(
          idle.filter((condition) => !waived.includes(condition)),
          [],
          "show a change on which a rule keeps quiet for this condition alone",
        );
        assert.deepEqual(
          waived.filter((condition) => !idle.includes(condition)),
          [],
          "stale waivers",
        );
      });

      it("have no fixtures of rules that are gone, and one entry each", () => {
        const shown = fixturesOf(table.system).map(({ rule }) => rule);
        const names = new Set(cards.map(({ name }) => name));
        assert.deepEqual(
          shown.filter((rule, index) => !names.has(rule) || shown.indexOf(rule) !== index),
          [],
        );
      });

      it("stand in the reference page, as it is published", () => {
        const page = readFileSync(join(root, `docs/rules/${table.system}.md`), "utf8");
        for (const { name } of cards) assert.ok(page.includes(`<a id="${name.replace("/", "-")}"></a>`), name);
        assert.ok(page === rulePage(table), "run npm run docs");
      });
    });
  }

  it("use every function that the code offers them", () => {
    const used = JSON.stringify(parts);
    const offered = Object.values(functionsOf).flatMap((functions) =>
      [functions.encodings, functions.derived, functions.predicates, functions.checks].flatMap((named) =>
        Object.keys(named ?? {}),
      ),
    );
    assert.deepEqual(
      offered.filter((name) => !used.includes(`"${name}"`)),
      [],
    );
  });
});
