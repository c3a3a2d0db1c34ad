import { z } from "zod";
import { strictRecord } from "../validation/strict-record.ts";
import {
  encodersSchema,
  jsonSchema,
  pathSchema,
  pathsSchema,
  transitionSchema,
  versionSchema,
} from "./words-schema.ts";
import type { Condition, ConditionRow } from "./words.ts";

/** What a condition is about; each has exactly one of these. */
const subjects = ["path", "target", "option", "check", "all", "any", "not"] as const;

/** A condition that says nothing of what must hold would hold always, or never: neither is meant. */
const tests = ["is", "in", "set", "from", "before", "transition", "matches"] as const;

const conditionRowSchema: z.ZodType<ConditionRow> = z.lazy(() =>
  strictRecord({
    path: pathsSchema.exactOptional(),
    default: jsonSchema.exactOptional(),
    as: encodersSchema.exactOptional(),
    target: z.string().exactOptional(),
    option: z.string().exactOptional(),
    check: z.string().exactOptional(),
    reads: z.array(pathSchema).exactOptional(),
    side: z.enum(["base", "head", "either", "both"]).exactOptional(),
    is: jsonSchema.exactOptional(),
    in: z.array(jsonSchema).exactOptional(),
    set: z.boolean().exactOptional(),
    from: versionSchema.exactOptional(),
    before: versionSchema.exactOptional(),
    transition: transitionSchema.exactOptional(),
    matches: z.string().exactOptional(),
    all: z.array(conditionRowSchema).exactOptional(),
    any: z.array(conditionRowSchema).exactOptional(),
    not: conditionSchema.exactOptional(),
  }).superRefine((row, context) => {
    const about = subjects.filter((subject) => row[subject] !== undefined);
    if (about.length !== 1)
      context.addIssue({
        code: "custom",
        message:
          about.length === 0
            ? `a condition needs one of ${subjects.join(", ")}`
            : `a condition has one subject, this has ${about.join(" and ")}: join them with all: [...]`,
      });
    const [subject] = about;
    const tested = tests.filter((test) => row[test] !== undefined);
    const needsTest = subject === "path" || subject === "target" || subject === "option";
    if (about.length === 1 && needsTest && tested.length === 0)
      context.addIssue({
        code: "custom",
        message: `says nothing about its ${subject}: add one of ${tests.join(", ")}`,
      });
  }),
);

export const conditionSchema: z.ZodType<Condition> = z.union([conditionRowSchema, z.array(conditionRowSchema).min(1)]);
