import { z } from "zod";
import { messageOf } from "../validation/message-of.ts";
import { strictRecord } from "../validation/strict-record.ts";
import { celRule } from "./cel/evaluate.ts";
import { conditionSchema } from "./condition-schema.ts";
import type { Shape } from "./rows.ts";
import { idSchema, jsonSchema, pathSchema } from "./words-schema.ts";

export const defaultSchema = strictRecord({
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

export const additionSchema = strictRecord({
  target: z.string(),
  from: z.string(),
  at: z.array(pathSchema).min(1),
  source: z.string(),
});

export const shapeSchema: z.ZodType<Shape> = z
  .lazy(() =>
    z.union([
      z.string(),
      z.tuple([shapeSchema]),
      z.tuple([z.string(), shapeSchema]),
      z.record(z.string(), shapeSchema),
    ]),
  )
  .describe("what a decoder or a schema takes: a type, a list of one shape, or the members of an object");

const expression = z.string().superRefine((rule, context) => {
  try {
    celRule(rule);
  } catch (error) {
    context.addIssue({ code: "custom", message: messageOf(error) });
  }
});
export const validationSchema = strictRecord({
  at: z.string(),
  rule: expression,
  message: z.string(),
  from: z.string().exactOptional().describe("the first version of the table's first target that has this rule"),
  before: z.string().exactOptional(),
});

export const catalogSchema = strictRecord({
  from: z.string().exactOptional(),
  before: z.string().exactOptional(),
  locked: strictRecord({ from: z.string(), to: z.boolean() }).exactOptional(),
  needed: z.enum(["always", "workers"]).exactOptional(),
  takes: z.array(z.enum(["config", "kubeconfig"])).exactOptional(),
});
