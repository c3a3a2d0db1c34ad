import { load } from "js-yaml";
import { analyzeSystem } from "../../src/analysis/analyze.ts";
import type { Json, JsonObject, Manifest } from "../../src/manifests/manifest.ts";
import { buildReport } from "../../src/report/build.ts";
import type { PoolReport, Report } from "../../src/report/report.ts";
import { compileTable, type CompiledTable } from "../../src/rules/compile.ts";
import type { NamedFunctions } from "../../src/rules/functions.ts";
import { mergeParts } from "../../src/rules/merge.ts";
import type { TablePart } from "../../src/rules/table.ts";

/** A small system of orchards with beds of trees, so that the engine is tested apart from what real controllers do. */
export const orchard = `
system: orchard
upstream: [{repository: orchard/gardener, commit: abc1234}]
objects:
  - {api: farm.example.com/v1, kind: Orchard, role: cluster, lists: [{at: /spec/beds, key: name}]}
pools: {at: /spec/beds, key: name}
let: {soil: [$pool/soil, /spec/soil]}
strategies:
  from: [{from: $pool/strategy, default: Rolling}]
  effects: {Rolling: {template: replace}, InPlace: {template: inplace-drain}}
fingerprints:
  - id: bed
    trigger: template
    inputs:
      - {id: tree, from: $pool/tree, because: "tree {before} -> {after}", source: s}
      - {id: acidity, from: $soil/acidity, because: acidity, source: s}
      - {id: graft, from: $pool/graft, because: graft, source: s}
fields:
  - {id: label, at: $pool/label, effect: inplace, because: label, source: s}
  - {id: rows, at: [$pool/rows], effect: scale, because: rows, source: s}
  - {id: water, from: $pool/water, default: 3, effect: inplace, because: water, source: s}
  - {id: note, at: /spec/note, effect: none, because: only for people, source: s}
refusals:
  - {id: climate-immutable, at: /spec/climate, on: changed, because: field is immutable, instead: plant a new orchard, source: s}
holds:
  - {id: winter, until: unpaused, when: {path: /spec/winter, is: true}, except: [scale], because: it is winter, source: s}
`;

export const tableOf = (text: string, functions: NamedFunctions = {}): CompiledTable => {
  const part = load(text) as TablePart;
  return compileTable(mergeParts(part.system, [{ file: "trial.yaml", part }]), functions);
};

const manifestOf = (value: JsonObject): Manifest => {
  const metadata = value["metadata"] as Record<string, string>;
  const [group = ""] = String(value["apiVersion"]).split("/");
  return {
    group,
    kind: String(value["kind"]),
    namespace: metadata["namespace"],
    name: metadata["name"] ?? "",
    value,
    position: { file: "f.yaml", line: 1, column: 1 },
    locate: () => ({ file: "f.yaml", line: 1, column: 1 }),
  };
};

export const orchardOf = (spec: Record<string, Json>): JsonObject => ({
  apiVersion: "farm.example.com/v1",
  kind: "Orchard",
  metadata: { name: "north" },
  spec,
});

/** The report of one change under a table. */
export function judge(
  table: CompiledTable,
  base: readonly JsonObject[],
  head: readonly JsonObject[],
  targets: Readonly<Record<string, string>> = {},
): Report {
  const settings = { targets, landscape: {} };
  const analysis = analyzeSystem(table, base.map(manifestOf), head.map(manifestOf), settings);
  const side = { label: "trial" };
  return buildReport({
    version: "0",
    base: side,
    head: side,
    analyses: [analysis],
    settings,
    diagnostics: analysis.diagnostics,
  });
}

export function poolOf(report: Report, name: string): PoolReport {
  const pool = report.pools.find((one) => one.pool === name);
  if (pool === undefined) throw new Error(`no pool ${name} in the report`);
  return pool;
}
