import { z } from "zod";
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
  ValidationRow,
} from "./rows.ts";
import {
  lifecycleSchema,
  nodesSchema,
  objectSchema,
  operatorSchema,
  optionSchema,
  poolsSchema,
  referenceSchema,
  strategiesSchema,
  targetSchema,
  upstreamSchema,
} from "./system-schemas.ts";
import type { AdditionRow, ObjectRow, OptionRow, TablePart, TargetRow } from "./table.ts";
import { additionSchema, catalogSchema, defaultSchema, shapeSchema, validationSchema } from "./value-schemas.ts";
import { idSchema, pathSchema, pathsSchema } from "./words-schema.ts";

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
  upstream: z.array(upstreamSchema).exactOptional(),
  targets: z.array(targetSchema).exactOptional(),
  options: z.array(optionSchema).exactOptional(),
  objects: z.array(objectSchema).exactOptional(),
  operators: z
    .array(operatorSchema)
    .exactOptional()
    .describe("programs that manage the nodes of all clusters, and whose settings reach them"),
  pools: poolsSchema.exactOptional(),
  references: z.array(referenceSchema).exactOptional(),
  let: z
    .record(z.string(), z.union([pathsSchema, strictRecord({ derived: z.string(), reads: z.array(pathSchema) })]))
    .exactOptional(),
  shapes: z.record(z.string(), shapeSchema).exactOptional(),
  validations: z.record(z.string(), z.array(validationSchema)).exactOptional(),
  catalogs: z.record(z.string(), z.record(z.string(), catalogSchema)).exactOptional(),
  additions: z
    .array(additionSchema)
    .exactOptional()
    .describe(
      "places that the API got with a version of a target: with an older one its API server drops what is there",
    ),
  defaults: z.array(defaultSchema).exactOptional(),
  strategies: strategiesSchema.exactOptional(),
  nodes: nodesSchema.exactOptional(),
  lifecycle: lifecycleSchema.exactOptional(),
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
  readonly default: Shared<DefaultRow, z.infer<typeof defaultSchema>>;
  readonly addition: Shared<AdditionRow, z.infer<typeof additionSchema>>;
  readonly validation: Shared<ValidationRow, z.infer<typeof validationSchema>>;
  readonly catalog: Shared<CatalogRow, z.infer<typeof catalogSchema>>;
  readonly target: Shared<TargetRow, z.infer<typeof targetSchema>>;
  readonly option: Shared<OptionRow, z.infer<typeof optionSchema>>;
  readonly object: Shared<ObjectRow, z.infer<typeof objectSchema>>;
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
