import { z } from "zod";
import type { Json } from "../manifests/manifest.ts";
import { versionPattern } from "./version.ts";
import { effects } from "./words.ts";

/** The words that rows of every kind share. */
export const effectSchema = z.enum(effects);

export const idSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "must be kebab-case: small letters and digits, joined by -")
  .describe("kebab-case, unique in the system; system/id names the rule everywhere");

export const pathSchema = z
  .string()
  .regex(
    /^(?:\$[A-Za-z][A-Za-z0-9-]*)?(?:\/(?!\*\*\/)[^/]*)*$/,
    "must be a path: $root/segment or /segment, with * for any item and ** only at its end",
  )
  .min(1)
  .describe("$root/segment/segment, or /segment from the object that holds the pools; * is any key or item");

export const pathsSchema = z.union([pathSchema, z.array(pathSchema).min(1)]);

export const encodersSchema = z
  .union([z.string(), z.array(z.string()).min(1)])
  .describe("names of encodings, applied from left to right");

export const transitionSchema = z.enum([
  "changed",
  "replaced",
  "once-set",
  "added",
  "removed",
  "present",
  "standing",
  "raised",
  "lowered",
]);

export const jsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(jsonSchema), z.record(z.string(), jsonSchema)]),
);

export const versionSchema = z.string().regex(versionPattern, 'must be a version, quoted: "1.34" or "1.34.2"');
