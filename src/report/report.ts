import { z } from "zod";
import { effects } from "../rules/words.ts";

/**
 * The report, format version 1.0: the one definition from which the types and `schemas/report.json` come. Only tests,
 * scripts, `merge` and `comment --from` load this module at run time; the rest imports its types.
 */
const effect = z.enum(effects);

export const pendingSchema = z.strictObject({
  effect: effect.describe("what happens once it no longer waits"),
  until: z.enum(["unpaused", "maintenance-window", "wake-up", "fixed"]),
  reason: z.string(),
});

export const causeSchema = z.strictObject({
  rule: z.string().describe("system/id of the rule"),
  effect,
  path: z.string().describe("JSON pointer; list segments are keys where the list has keys"),
  before: z.string().nullable().describe("the value on the base side as compact text; null when absent"),
  after: z.string().nullable().describe("the value on the head side as compact text; null when absent"),
  because: z.string(),
  source: z.string().nullable().describe("where upstream code says so"),
  file: z.string().nullable(),
  line: z.int().nullable(),
  object: z.string().describe("Kind namespace/name of the object in which the change stands"),
  instead: z.string().optional().describe("what to do instead, for refusals"),
});

export const nodesSchema = z.strictObject({
  minimum: z.int().nullable(),
  maximum: z.int().nullable(),
  surge: z.string().nullable(),
  unavailable: z.string().nullable(),
  strategy: z.string().nullable(),
  zones: z
    .int()
    .positive()
    .optional()
    .describe("zones that share these numbers out and roll at the same time, each by itself"),
});

export const poolSchema = z.strictObject({
  system: z.string(),
  kind: z.string(),
  namespace: z.string(),
  cluster: z.string(),
  pool: z.string(),
  effect,
  effects: z.array(effect),
  pending: pendingSchema.nullable(),
  nodes: nodesSchema,
  renamedFrom: z.string().optional().describe("the pool that goes away and this one belong together"),
  renamedTo: z.string().optional(),
  application: z
    .string()
    .optional()
    .describe(
      "the kustomization or chart that the pool was rendered from, the object it stands in, or the folder of its environment",
    ),
  labels: z
    .record(z.string(), z.string())
    .optional()
    .describe("labels of the cluster and of the pool's own object, for gates"),
  otherLabels: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe("further values of these labels: on the pool's own object, or on the base side"),
  causes: z.array(causeSchema),
  checked: z.array(causeSchema),
});

const operationSchema = z.looseObject({
  op: z.string(),
  path: z.string(),
  from: z.string().optional(),
  value: z.unknown().optional(),
});

export const objectSchema = z.strictObject({
  object: z.string(),
  change: z.enum(["added", "removed", "modified"]),
  file: z.string().nullable(),
  patch: z.array(operationSchema),
});

export const diagnosticSchema = z.strictObject({
  severity: z.enum(["error", "warning", "notice"]),
  code: z.string(),
  message: z.string(),
  file: z.string().nullable(),
  line: z.int().nullable(),
});

const sideSchema = z.strictObject({ label: z.string(), revision: z.string().nullable() });

const shardSchema = z.strictObject({
  number: z.int().min(1),
  count: z.int().min(1),
  run: z.string().describe("of both sides, the rules and the targets; equal for all parts of one run"),
});

export const reportSchema = z.strictObject({
  formatVersion: z.literal("1.0"),
  tool: z.strictObject({ name: z.literal("will-it-roll"), version: z.string() }),
  rules: z.array(
    z.strictObject({
      system: z.string(),
      upstream: z.array(z.strictObject({ repository: z.string(), commit: z.string(), version: z.string().nullable() })),
      targets: z.record(z.string(), z.string()).describe("the versions judged by, of what concerns the pools"),
    }),
  ),
  base: sideSchema,
  head: sideSchema,
  shard: shardSchema
    .optional()
    .describe("only this part of the clusters was judged; will-it-roll merge joins the parts of a run"),
  verdict: effect.describe("the strongest effect of all pools"),
  complete: z.boolean().describe("false when something that may matter could not be read"),
  unjudged: z
    .boolean()
    .optional()
    .describe("true when there may be pools that are not listed, because they could not be judged"),
  counts: z.partialRecord(effect, z.int()).describe("pools, by effect"),
  fingerprint: z.string().describe("of the verdict set; stable across runs and machines"),
  pools: z.array(poolSchema),
  objects: z.array(objectSchema),
  diagnostics: z.array(diagnosticSchema),
  renderers: z.array(z.strictObject({ name: z.string(), version: z.string() })).optional(),
});

export type Report = z.infer<typeof reportSchema>;
export type PoolReport = z.infer<typeof poolSchema>;
export type Cause = z.infer<typeof causeSchema>;
export type ObjectReport = z.infer<typeof objectSchema>;
export type DiagnosticReport = z.infer<typeof diagnosticSchema>;
