import { test } from "node:test";
import type { NamedPart } from "../../../src/index.ts";
import type { FieldRow } from "../../../src/rules/rows.ts";
import { expectEffects } from "./expect.ts";

const rules = (
  part: Omit<NamedPart["part"], "system">,
): { readonly options: { readonly rules: readonly NamedPart[] } } => ({
  options: { rules: [{ file: "own.yaml", part: { system: "gardener", ...part } }] },
});

test("a field that the API gains is one row", () => {
  const set = { "/spec/provider/workers/a/futureKnob": 1 };
  expectEffects([
    { set, a: "unknown" },
    {
      set,
      a: "inplace",
      ...rules({
        fields: [{ id: "future-knob", at: "$pool/futureKnob", effect: "inplace", because: "set on running nodes" }],
      }),
    },
  ]);
});

test("an input that the hash gains for newer versions is one row with its threshold", () => {
  const own = rules({
    fingerprints: [
      {
        id: "machine-class",
        trigger: "template",
        inputs: [
          {
            id: "pod-pids-limit",
            from: "$kubelet/podPidsLimit",
            when: { path: "$kubernetes-version", from: "1.34" },
            because: "podPidsLimit goes from {before} to {after}",
          },
        ],
      },
    ],
  });
  const set = { "/spec/kubernetes/kubelet/podPidsLimit": 4096 };
  expectEffects([
    { set, a: "inplace", b: "inplace", ...own },
    { base: { "/spec/kubernetes/version": "1.34.1" }, set, a: "replace", b: "replace", ...own },
    { base: { "/spec/kubernetes/version": "1.34.1" }, set, a: "inplace", b: "inplace" },
  ]);
});

test("a row over another has the last word on its own place, where its condition holds", () => {
  const dns = { type: "somebody-own" };
  const own = (when?: FieldRow["when"]) =>
    rules({
      fields: [
        {
          id: "dns-extension",
          at: "/spec/extensions/somebody-own",
          effect: "none",
          over: ["extensions"],
          because: "the DNS extension only runs in the seed",
          ...(when === undefined ? {} : { when }),
        },
      ],
    });
  const set = { "/spec/extensions": [dns] };
  expectEffects([
    { set, a: "unknown", b: "unknown" },
    { set, a: "none", ...own() },
    { set, a: "unknown", b: "unknown", ...own({ path: "$cluster/spec/region", is: "nowhere" }) },
    { set: { "/spec/extensions": [dns, { type: "other" }] }, a: "unknown", b: "unknown", ...own() },
  ]);
});

test("the effect of a rule is changed by a row of its name", () => {
  expectEffects([
    {
      set: { "/spec/provider/workers/a/priority": 5 },
      a: "inplace",
      ...rules({ fields: [{ id: "pool-cluster-autoscaler", effect: "inplace" }] }),
    },
  ]);
});

test("a feature gate that a newer Kubernetes brings is one row of a catalog", () => {
  const set = { "/spec/kubernetes/kubelet": { featureGates: { BrandNewGate: true } } };
  const catalogs = { "feature-gates": { BrandNewGate: { from: "1.33" } } };
  expectEffects([
    { set, a: "rejected", b: "rejected" },
    { set, a: "inplace", b: "inplace", ...rules({ catalogs }) },
  ]);
});
