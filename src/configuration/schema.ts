import { z } from "zod";
import { versionPattern } from "../rules/version.ts";
import { effects } from "../rules/words.ts";
import { messageOf } from "../validation/message-of.ts";
import { strictRecord } from "../validation/strict-record.ts";
import { globMatcher } from "./glob.ts";

const effect = z.enum(effects);
const glob = z
  .string()
  .min(1)
  .superRefine((pattern, context) => {
    try {
      globMatcher(pattern.replace(/^!/, ""), { of: "paths" });
    } catch (error) {
      context.addIssue({ code: "custom", message: messageOf(error) });
    }
  });
const globs = z.array(glob).min(1);
/** Globs of names in which no slash can be: one that has it would never match, and the gate would be open. */
const names = z
  .array(
    glob.refine((pattern) => !pattern.includes("/"), "these names have no /: write NAMESPACE/CLUSTER under clusters"),
  )
  .min(1);
const notVersion = 'must be a version in quotes: "1.149"';
const version = z.string({ error: notVersion }).regex(versionPattern, notVersion);

const gate = strictRecord({
  name: z.string().min(1).describe("the name of the gate in the comment and in errors"),
  effects: z.array(effect).min(1).describe("pools with one of these effects count"),
  clusters: globs.exactOptional().describe("only clusters whose name matches, or NAMESPACE/CLUSTER"),
  pools: names.exactOptional().describe("only pools whose name matches"),
  namespaces: names.exactOptional().describe("only namespaces that match"),
  labels: z.record(z.string(), glob).exactOptional().describe("only clusters with these labels; values are globs"),
  maximum: strictRecord({
    pools: z.int().min(0).exactOptional(),
    clusters: z.int().min(0).exactOptional(),
    nodes: z.int().min(0).exactOptional().describe("counts the most that an autoscaled pool may have"),
  })
    .refine((limits) => Object.keys(limits).length > 0, "sets no limit: write pools, clusters or nodes")
    .exactOptional()
    .describe("how many are allowed; none by default"),
});

const chart = strictRecord({
  chart: z.string().min(1).describe("folder of the chart"),
  values: z.array(z.string()).exactOptional().describe("values files, in the order of helm's --values"),
  release: z.string().exactOptional(),
  namespace: z.string().exactOptional(),
  apiVersions: z.array(z.string()).exactOptional(),
  kubeVersion: version.exactOptional(),
});

const render = strictRecord({
  mode: z.enum(["auto", "none"]).exactOptional(),
  roots: z
    .array(z.string())
    .exactOptional()
    .describe("kustomization folders to build, besides those that nobody includes"),
  charts: z.array(chart).exactOptional(),
  network: z
    .boolean()
    .exactOptional()
    .describe("let kustomize fetch what is not in the repository; helm fetches nothing"),
});

const comment = strictRecord({
  mode: z.enum(["always", "on-impact", "never"]).exactOptional(),
  key: z.string().min(1).exactOptional().describe("tells the comments of several runs on one pull request apart"),
  acceptLabel: z
    .string()
    .min(1)
    .exactOptional()
    .describe("the label with which somebody accepts what the gates hold back"),
  labels: z.boolean().exactOptional().describe("label the pull request with its verdict"),
  annotations: z.boolean().exactOptional().describe("annotate the changed lines"),
});

/** `.will-it-roll.yaml`: what it may say, and the source of `schemas/configuration.json`. */
export const configurationSchema = strictRecord({
  paths: z
    .array(glob)
    .min(1)
    .exactOptional()
    .describe("which files of a tree are read: globs from the root of what is compared; a leading ! excludes files"),
  targets: z.record(z.string(), version).exactOptional().describe("what runs there, as --target"),
  landscape: z
    .record(z.string(), z.record(z.string(), z.union([z.string(), z.boolean()], "must be a text, true or false")))
    .exactOptional()
    .describe("settings of operators that no manifest shows, by system"),
  rules: z.array(z.string().min(1)).exactOptional().describe("files with more rules, from the configuration's folder"),
  failOn: z.array(effect).exactOptional().describe("as --fail-on"),
  strict: z.boolean().exactOptional().describe("as --strict"),
  gates: z.array(gate).exactOptional().describe("how many pools and clusters may have which effects"),
  comment: comment.exactOptional(),
  render: z.union([z.enum(["auto", "none"]), render]).exactOptional(),
});

/** What a configuration file says; absent is not said. */
export type Configuration = z.infer<typeof configurationSchema>;
export type Gate = z.infer<typeof gate>;
