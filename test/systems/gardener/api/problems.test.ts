import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arbitrary, array, assert as check, constantFrom, dictionary, oneof, property, record } from "fast-check";
import "../../../steady-seed.ts";
import { sharingParts } from "../../../../src/inventory/shared-parts.ts";
import type { Json } from "../../../../src/manifests/manifest.ts";
import type { Catalog, Shape } from "../../../../src/rules/rows.ts";
import { apiProblems, type Problem } from "../../../../src/systems/gardener/api/problems.ts";
import { changed, compare, shoot } from "../shoots.ts";

const shape: Shape = {
  "!": "before=1.35",
  size: "quantity >=0",
  name: "string dns-label required",
  gates: "map bool feature-gates",
  beds: [{ name: "string", count: "int32 >=1 from=1.34", trees: ["unique", "string in=fig|plum"] }],
};

const member: Arbitrary<Json> = constantFrom<Json>(null, "", "1Gi", "a", "-1", 0, 3, true, {}, []);
const bed = record({
  name: constantFrom("a", "b"),
  count: member,
  trees: oneof(array(member, { maxLength: 3 }), member),
});
const value: Arbitrary<Json> = record(
  {
    size: member,
    name: member,
    gates: oneof(dictionary(constantFrom("NodeSwap", "Nonsense"), member), member),
    beds: oneof(array(bed, { maxLength: 3 }), member),
    nmae: member,
  },
  { requiredKeys: [] },
) as Arbitrary<Json>;

const texts = (problems: readonly Problem[]): string[] => problems.map((problem) => JSON.stringify(problem));

test("passing over what the other side has hides no problem that is news", () => {
  check(
    property(
      value,
      value,
      constantFrom("1.33.1", "1.35.0"),
      constantFrom(true, false),
      (base, other, version, strict) => {
        const catalog = (): Catalog => ({ NodeSwap: { before: "1.35" } });
        const context = { kubernetesVersion: version, catalog, strict };
        const head = sharingParts(base, other);
        const known = new Set(texts(apiProblems(shape, base, [], context)));
        const news = (found: readonly Problem[]): string[] => texts(found).filter((problem) => !known.has(problem));
        assert.deepEqual(
          news(apiProblems(shape, head, [], context, base)),
          news(apiProblems(shape, head, [], context)),
        );
      },
    ),
  );
});

test("a value that a newer Kubernetes version refuses is news with that version, though it did not change", () => {
  const base = changed(shoot(), {
    "/spec/kubernetes/version": "1.33.2",
    "/spec/kubernetes/kubelet": { featureGates: { DevicePluginCDIDevices: true } },
  });
  const report = compare([base], [changed(base, { "/spec/kubernetes/version": "1.34.1" })]);
  assert.deepEqual(
    report.pools.map(({ effect, causes }) => [
      effect,
      causes.some(({ because }) => because.includes("DevicePluginCDIDevices")),
    ]),
    [
      ["rejected", true],
      ["rejected", true],
    ],
  );
});

test("what newer releases of Gardener refuse is taken where only older ones run the Kubernetes of the Shoot", () => {
  const base = changed(shoot(), { "/spec/kubernetes/version": "1.30.1" });
  const head = changed(base, { "/spec/kubernetes/kubelet/systemReserved": { cpu: "100m" } });
  const effects = (gardener?: string): string[] =>
    compare([base], [head], gardener === undefined ? {} : { targets: { gardener } }).pools.map(({ effect }) => effect);
  assert.deepEqual(effects(), ["replace", "replace"]);
  assert.deepEqual(effects("1.141"), ["rejected", "rejected"]);
});
