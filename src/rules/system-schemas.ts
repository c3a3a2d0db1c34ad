import { z } from "zod";
import { strictRecord } from "../validation/strict-record.ts";
import { conditionSchema } from "./condition-schema.ts";
import { effectSchema, idSchema, jsonSchema, pathSchema, pathsSchema } from "./words-schema.ts";

export const upstreamSchema = strictRecord({
  repository: z.string(),
  commit: z.string(),
  version: z.string().exactOptional(),
});

export const targetSchema = strictRecord({
  name: z.string(),
  newest: z.string(),
  oldest: z.string().exactOptional(),
  differs: z
    .array(z.string())
    .exactOptional()
    .describe("versions with which the answer changes; each release before one of them is judged too"),
  runs: strictRecord({
    at: z.array(pathSchema).describe("where clusters name versions, of which the minor counts"),
    catalog: z.string().describe("the minors, with the releases of the target that run them"),
    because: z.string(),
  })
    .exactOptional()
    .describe("what tells that the newest release cannot be the one that runs"),
  about: z.string(),
});

export const optionSchema = strictRecord({
  name: z.string(),
  values: z.array(z.string()).exactOptional(),
  default: z.union([z.string(), z.boolean()]),
  about: z.string(),
});

export const objectSchema = strictRecord({
  api: z.string().regex(/^(?:[^/]+\/)?[^/]+$/, "must be group/version, group/* or v1"),
  kind: z.string(),
  role: z.enum(["pool", "cluster", "reference", "unsupported", "ignored"]),
  because: z.string().exactOptional(),
  lists: z.array(strictRecord({ at: z.string(), key: z.string() })).exactOptional(),
});

export const operatorSchema = strictRecord({
  title: z.string(),
  name: z
    .string()
    .regex(/^[a-z][a-z\d-]*$/)
    .describe("a word that stands where its settings are kept, in small letters"),
  programs: z
    .array(z.string().regex(/^[\w -]+$/))
    .min(1)
    .describe("words of which one occurs in whatever runs it"),
  flags: z.array(z.string().regex(/^[\w-]+$/)),
  variables: z.array(z.string().regex(/^\w+$/)),
  because: z.string(),
  source: z.string(),
});

export const poolsSchema = strictRecord({
  at: pathSchema.exactOptional(),
  key: z.string().exactOptional(),
  kind: z.string().exactOptional(),
  cluster: strictRecord({ kind: z.string(), name: pathSchema }).exactOptional(),
});

export const referenceSchema = strictRecord({
  id: idSchema,
  kind: z.string(),
  names: pathSchema.describe("where the names stand: in a pool, a cluster, or the objects of another reference"),
  kindAt: strictRecord({ from: pathSchema, default: z.string() })
    .exactOptional()
    .describe("where the namer writes the kind that it means, and what it means where it writes none"),
  clusterScoped: z.boolean().exactOptional().describe("the kind has no namespace"),
  changesOnly: z.boolean().exactOptional().describe("objects that did not change are not looked for"),
  reads: z.array(pathSchema).exactOptional().describe("what of such an object is read; all of it when absent"),
  source: z.string().exactOptional(),
});

const valueSource = strictRecord({ from: pathsSchema, default: jsonSchema.exactOptional() });

export const nodesSchema = strictRecord({
  minimum: valueSource.exactOptional(),
  maximum: valueSource.exactOptional(),
  surge: valueSource.exactOptional(),
  unavailable: valueSource.exactOptional(),
  strategy: valueSource.exactOptional(),
  zones: valueSource.exactOptional().describe("zones that share these numbers and roll at the same time"),
});

export const strategiesSchema = strictRecord({
  from: z.array(valueSource),
  effects: z.record(z.string(), z.record(z.string(), effectSchema)),
});

export const lifecycleSchema = strictRecord({
  poolAdded: z.string().exactOptional(),
  poolRemoved: z.string().exactOptional(),
  clusterAdded: z.string().exactOptional(),
  clusterRemoved: z.string().exactOptional(),
  deletedWhen: conditionSchema
    .exactOptional()
    .describe("what the object must say for the API server to delete it, where a tool does so to force a change"),
  source: z.string().exactOptional(),
});
