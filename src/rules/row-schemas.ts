import { z } from "zod";
import { strictRecord } from "../validation/strict-record.ts";
import { conditionSchema } from "./condition-schema.ts";
import type { InputRow } from "./rows.ts";
import {
  effectSchema,
  encodersSchema,
  idSchema,
  jsonSchema,
  pathSchema,
  pathsSchema,
  transitionSchema,
} from "./words-schema.ts";

const row = {
  id: idSchema,
  because: z
    .string()
    .exactOptional()
    .describe("one sentence for people, with {before}, {after}, {path}, {pool}, {cluster}, {strategy}"),
  source: z.string().exactOptional().describe("owner/name@commit path function"),
  when: conditionSchema.exactOptional(),
  claims: z
    .array(pathSchema)
    .exactOptional()
    .describe("raw changes that this row answers for, beyond the paths it reads"),
  secret: z.boolean().exactOptional().describe("values of this row are never printed"),
};

const value = {
  ...row,
  from: pathsSchema.exactOptional().describe("the first of these that is set is the value"),
  default: jsonSchema.exactOptional().describe("the value when none is set"),
  as: encodersSchema.exactOptional(),
  derived: z.string().exactOptional().describe("a named function in code"),
  reads: z.array(pathSchema).exactOptional().describe("every path that the named function depends on"),
};

/** A named function hides what it reads; without `reads` a change there would go unnoticed. */
const namesWhatItReads = (
  one: { readonly derived?: string; readonly reads?: readonly string[] },
  context: z.core.$RefinementCtx,
): void => {
  if (one.derived !== undefined && one.reads === undefined)
    context.addIssue({ code: "custom", message: `"derived" needs "reads": the paths that ${one.derived} depends on` });
};

export const inputSchema: z.ZodType<InputRow> = z.lazy(() =>
  strictRecord({
    ...value,
    always: z.boolean().exactOptional().describe("adds an empty string where the value is absent"),
    each: pathSchema.exactOptional().describe("for every item of this list: the inputs, relative to $item"),
    sort: z.string().exactOptional(),
    inputs: z.array(inputSchema).exactOptional(),
  }).superRefine((one, context) => {
    const sources = (["from", "derived", "each"] as const).filter((key) => one[key] !== undefined);
    if (sources.length > 1)
      context.addIssue({ code: "custom", message: `takes its value from ${sources.join(" and ")}: keep one` });
    if (one.each !== undefined && one.inputs === undefined)
      context.addIssue({ code: "custom", message: `"each" needs "inputs"` });
    namesWhatItReads(one, context);
  }),
);

export const fieldSchema = strictRecord({
  ...value,
  at: pathsSchema.exactOptional().describe("each of these places counts alone"),
  effect: effectSchema.exactOptional(),
  trigger: z.string().exactOptional().describe("instead of effect: looked up under the pool's strategy"),
  cases: z
    .array(
      strictRecord({
        when: conditionSchema,
        effect: effectSchema.exactOptional(),
        trigger: z.string().exactOptional(),
        because: z.string().exactOptional(),
        source: z.string().exactOptional(),
      }),
    )
    .exactOptional()
    .describe("the first that holds decides; else effect or trigger"),
  over: z
    .array(z.string())
    .exactOptional()
    .describe("field rows with an `at` that leave the places of this row to it, where its `when` holds"),
}).superRefine(namesWhatItReads);

export const refusalSchema = strictRecord({
  ...value,
  at: pathsSchema.exactOptional(),
  on: transitionSchema.exactOptional().describe("which change of the value is refused"),
  check: z.string().exactOptional().describe("a named function in code, given both sides"),
  instead: z.string().exactOptional().describe("what to do instead"),
  scope: z.enum(["object", "pool"]).exactOptional(),
}).superRefine(namesWhatItReads);

export const holdSchema = strictRecord({
  ...row,
  until: z.enum(["unpaused", "maintenance-window", "wake-up", "fixed"]),
  when: conditionSchema,
  delays: z.boolean().exactOptional().describe("the effect remains and only its time is given"),
  check: z.string().exactOptional(),
  reads: z.array(pathSchema).exactOptional(),
  shows: pathsSchema.exactOptional().describe("what {value} in the reason stands for: the first of these that is set"),
  except: z.array(effectSchema).exactOptional().describe("effects that do not wait"),
  exceptRules: z.array(z.string()).exactOptional().describe("rules whose effects do not wait"),
  onlyRules: z.array(z.string()).exactOptional().describe("rules whose effects alone wait"),
  also: z.array(effectSchema).exactOptional().describe("effects that wait too, such as unknown"),
});

export const noticeSchema = strictRecord({
  ...row,
  severity: z.enum(["warning", "notice"]),

  effects: z.array(effectSchema).exactOptional().describe("only for pools with one of these effects, now or pending"),
  unlessTold: z.boolean().exactOptional().describe("not where an effect waits, or the change is refused"),
  at: pathSchema.exactOptional(),
  check: z.string().exactOptional().describe("whether there is a remark, and what {reason} in it stands for"),
  reads: z.array(pathSchema).exactOptional(),
}).superRefine((one, context) => {
  if (one.when === undefined && one.check === undefined)
    context.addIssue({ code: "custom", message: 'says when it holds with "when" or "check"' });
});
