import { configMap, runConfiguration } from "../config/configuration-run.ts";

const labelled = (key: string, value = "a") => ({ "spec/nodeLabels": { [key]: value } });
const refused: readonly (readonly [key: string, value?: string])[] = [
  ["a".repeat(32)],
  ["with space"],
  ["two/slashes/here"],
  ["Upper.Case/name"],
  ["ends-/name"],
  ["example.com/"],
  [`example.com/${"a".repeat(64)}`],
  [`${"a.".repeat(120)}b/name`],
  ["team", "a".repeat(64)],
  ["team", "-a"],
  ["team", "a_"],
];
const taken: readonly (readonly [key: string, value?: string])[] = [
  ["a".repeat(31)],
  ["Team", ""],
  ["a_b.c", "A.b-c_d"],
  [`example.com/${"a".repeat(63)}`],
  ["team", "a".repeat(63)],
];

runConfiguration([
  ...refused.map(([key, value]) => ({
    says: `no Machine has the label ${key.slice(0, 40)}=${value ?? "a"}`,
    poolTo: labelled(key, value),
    effect: "none" as const,
    pending: { effect: "new-nodes-only" as const, until: "fixed" },
    reason: /nodeLabels/,
  })),
  ...taken.map(([key, value]) => ({
    says: `a Machine has the label ${key.slice(0, 40)}=${value ?? "a"}`,
    poolTo: labelled(key, value),
    effect: "new-nodes-only" as const,
  })),
  {
    says: "what else changes waits with a label that is none",
    pool: { "spec/config": [{ name: "files" }], ...labelled("with space") },
    beside: [configMap("files", { config: "" })],
    poolTo: { "spec/replicas": 9 },
    effect: "none" as const,
    pending: { effect: "scale" as const, until: "fixed" },
  },
]);
