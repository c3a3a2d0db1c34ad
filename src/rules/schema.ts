import { z } from "zod";
import { messageOf } from "../validation/message-of.ts";
import { celRule } from "./cel/evaluate.ts";
import { strictRecord } from "../validation/strict-record.ts";
import { conditionSchema } from "./condition-schema.ts";
import { fieldSchema, holdSchema, inputSchema, noticeSchema, refusalSchema } from "./row-schemas.ts";
import type {
  CatalogRow,
  DefaultRow,
  FieldRow,
  Fingerprint,
  HoldRow,
  NoticeRow,
  RefusalRow,
  Shape,
  ValidationRow,
} from "./rows.ts";
import type { AdditionRow, ObjectRow, OptionRow, TablePart, TargetRow } from "./table.ts";
import { effectSchema, idSchema, jsonSchema, pathSchema, pathsSchema } from "./words-schema.ts";

const upstream = strictRecord({
  repository: z.string(),
  commit: z.string(),
  version: z.string().exactOptional(),
});

const target = strictRecord({
  name: z.string(),
  newest: z.string(),
  oldest: z.string().exactOptional(),
  differs: z
    .array(z.string())
    .exactOptional()
    .describe("versions with which the answer changes; each release before one of them is judged too"),
  about: z.string(),
});

const option = strictRecord({
  name: z.string(),
  values: z.array(z.string()).exactOptional(),
  default: z.union([z.string(), z.boolean()]),
  about: z.string(),
});

const object = strictRecord({
  api: z.string().regex(/^(?:[^/]+\/)?[^/]+$/, "must be group/version, group/* or v1"),
  kind: z.string(),
  role: z.enum(["pool", "cluster", "reference", "unsupported", "ignored"]),
  because: z.string().exactOptional(),
  lists: z.array(strictRecord({ at: z.string(), key: z.string() })).exactOptional(),
});

const operator = strictRecord({
  title: z.string(),
  programs: z
    .array(z.string().regex(/^[\w -]+$/))
    .min(1)
    .describe("words of which one occurs in whatever runs it"),
  flags: z.array(z.string().regex(/^[\w-]+$/)),
  variables: z.array(z.string().regex(/^\w+$/)),
  because: z.string(),
  source: z.string(),
});

const pools = strictRecord({
  at: pathSchema.exactOptional(),
  key: z.string().exactOptional(),
  kind: z.string().exactOptional(),
  cluster: strictRecord({ kind: z.string(), name: pathSchema }).exactOptional(),
});

const reference = strictRecord({
  id: idSchema,
  kind: z.string(),
  names: pathSchema,
  clusterScoped: z.boolean().exactOptional().describe("the kind has no namespace"),
  changesOnly: z.boolean().exactOptional().describe("objects that did not change are not looked for"),
  reads: z.array(pathSchema).exactOptional().describe("what of such an object is read; all of it when absent"),
  source: z.string().exactOptional(),
});

const defaultRow = strictRecord({
  id: idSchema.exactOptional(),
  at: pathSchema,
  value: jsonSchema.exactOptional(),
  keep: z.boolean().exactOptional().describe("instead of value: on the head, what the base has there"),
  from: pathSchema
    .exactOptional()
    .describe("instead of value: what is at this place; a manifest without the field keeps what the base was given"),
  sticks: z
    .boolean()
    .exactOptional()
    .describe("once filled in it stays, whatever when says, while neither manifest sets it"),
  overEmpty: z
    .boolean()
    .exactOptional()
    .describe("an empty text counts as absent, as a Go string without pointer does"),
  parents: z.enum(["create", "existing"]).exactOptional(),
  when: conditionSchema.exactOptional(),
  source: z.string(),
}).superRefine((row, context) => {
  if ([row.value, row.keep, row.from].filter((source) => source !== undefined).length !== 1)
    context.addIssue({ code: "custom", message: "a default has one of value, keep and from" });
});

const addition = strictRecord({
  target: z.string(),
  from: z.string(),
  at: z.array(pathSchema).min(1),
  source: z.string(),
});

const valueSource = strictRecord({ from: pathsSchema, default: jsonSchema.exactOptional() });

const nodes = strictRecord({
  minimum: valueSource.exactOptional(),
  maximum: valueSource.exactOptional(),
  surge: valueSource.exactOptional(),
  unavailable: valueSource.exactOptional(),
  strategy: valueSource.exactOptional(),
});

const shape: z.ZodType<Shape> = z
  .lazy(() => z.union([z.string(), z.tuple([shape]), z.tuple([z.string(), shape]), z.record(z.string(), shape)]))
  .describe("what a decoder or a schema takes: a type, a list of one shape, or the members of an object");

const expression = z.string().superRefine((rule, context) => {
  try {
    celRule(rule);
  } catch (error) {
    context.addIssue({ code: "custom", message: messageOf(error) });
  }
});
const validation = strictRecord({
  at: z.string(),
  rule: expression,
  message: z.string(),
  from: z.string().exactOptional().describe("the first version of the table's first target that has this rule"),
  before: z.string().exactOptional(),
});

const catalogRow = strictRecord({
  from: z.string().exactOptional(),
  before: z.string().exactOptional(),
  locked: strictRecord({ from: z.string(), to: z.boolean() }).exactOptional(),
  needed: z.enum(["always", "workers"]).exactOptional(),
  takes: z.array(z.enum(["config", "kubeconfig"])).exactOptional(),
});

const strategies = strictRecord({
  from: z.array(valueSource),
  effects: z.record(z.string(), z.record(z.string(), effectSchema)),
});

const lifecycle = strictRecord({
  poolAdded: z.string().exactOptional(),
  poolRemoved: z.string().exactOptional(),
  clusterAdded: z.string().exactOptional(),
  clusterRemoved: z.string().exactOptional(),
  source: z.string().exactOptional(),
});

const fingerprint = strictRecord({
  id: idSchema,
  trigger: z.string(),
  when: conditionSchema.exactOptional(),
  source: z.string().exactOptional(),
  inputs: z.array(inputSchema),
});

const part = strictRecord({
  system: z.string().min(1),
  when: conditionSchema.exactOptional().describe("holds for every row of this file"),
  source: z.string().exactOptional().describe("the prefix of every source that does not name a repository"),
  upstream: z.array(upstream).exactOptional(),
  targets: z.array(target).exactOptional(),
  options: z.array(option).exactOptional(),
  objects: z.array(object).exactOptional(),
  operators: z
    .array(operator)
    .exactOptional()
    .describe("programs that manage the nodes of all clusters, and whose settings reach them"),
  pools: pools.exactOptional(),
  references: z.array(reference).exactOptional(),
  let: z
    .record(z.string(), z.union([pathsSchema, strictRecord({ derived: z.string(), reads: z.array(pathSchema) })]))
    .exactOptional(),
  shapes: z.record(z.string(), shape).exactOptional(),
  validations: z.record(z.string(), z.array(validation)).exactOptional(),
  catalogs: z.record(z.string(), z.record(z.string(), catalogRow)).exactOptional(),
  additions: z
    .array(addition)
    .exactOptional()
    .describe(
      "places that the API got with a version of a target: with an older one its API server drops what is there",
    ),
  defaults: z.array(defaultRow).exactOptional(),
  strategies: strategies.exactOptional(),
  nodes: nodes.exactOptional(),
  lifecycle: lifecycle.exactOptional(),
  unknownField: strictRecord({
    because: z.string(),
    source: z.string().exactOptional(),
    shapes: z
      .record(z.string(), z.string())
      .exactOptional()
      .describe("names of shapes by the place that they describe: what they do not have is unknown"),
  })
    .exactOptional()
    .describe("what is said of a change that no rule answers for"),
  fingerprints: z.array(fingerprint).exactOptional(),
  fields: z.array(fieldSchema).exactOptional(),
  refusals: z.array(refusalSchema).exactOptional(),
  holds: z.array(holdSchema).exactOptional(),
  notices: z.array(noticeSchema).exactOptional(),
}).superRefine(({ pools: where, objects }, context) => {
  const { at, key } = where ?? {};
  if (at === undefined || objects === undefined) return;
  const isKeyed = objects.some(({ lists = [] }) => lists.some((list) => list.at === at && list.key === key));
  if (!isKeyed)
    context.addIssue({
      code: "custom",
      path: ["pools", "at"],
      message: `the object's "lists" must have this list too: { at: ${at}, key: ${key ?? "name"} }`,
    });
});

/** Keys that only one of two shapes has. */
type Unshared<A, B> = Exclude<keyof A | keyof B, keyof A & keyof B>;
type Shared<A, B> = [Unshared<A, B>] extends [never] ? true : Unshared<A, B>;

/** An optional key that only one side knows is no error of assignment, so the keys are compared by themselves. */
export const sameKeysAsTypes: {
  readonly part: Shared<TablePart, z.infer<typeof part>>;
  readonly default: Shared<DefaultRow, z.infer<typeof defaultRow>>;
  readonly addition: Shared<AdditionRow, z.infer<typeof addition>>;
  readonly validation: Shared<ValidationRow, z.infer<typeof validation>>;
  readonly catalog: Shared<CatalogRow, z.infer<typeof catalogRow>>;
  readonly target: Shared<TargetRow, z.infer<typeof target>>;
  readonly option: Shared<OptionRow, z.infer<typeof option>>;
  readonly object: Shared<ObjectRow, z.infer<typeof object>>;
  readonly fingerprint: Shared<Fingerprint, z.infer<typeof fingerprint>>;
  readonly field: Shared<FieldRow, z.infer<typeof fieldSchema>>;
  readonly refusal: Shared<RefusalRow, z.infer<typeof refusalSchema>>;
  readonly hold: Shared<HoldRow, z.infer<typeof holdSchema>>;
  readonly notice: Shared<NoticeRow, z.infer<typeof noticeSchema>>;
} = {
  part: true,
  addition: true,
  validation: true,
  catalog: true,
  default: true,
  target: true,
  option: true,
  object: true,
  fingerprint: true,
  field: true,
  refusal: true,
  hold: true,
  notice: true,
};

/** A file of rules: what the build, `rules check` and `--rules` accept, and what `schemas/rules.json` is made from. */
export const tablePartSchema: z.ZodType<TablePart> = part;
