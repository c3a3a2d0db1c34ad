import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { effectWords, ruleCards } from "../../src/reference/rule-card.ts";
import { mergeParts } from "../../src/rules/merge.ts";
import type { TablePart } from "../../src/rules/table.ts";

const part: TablePart = {
  system: "fleet",
  source: "example/fleet@0123456 controllers/template.go",
  objects: [{ api: "fleet.example.org/v1", kind: "Fleet", role: "cluster" }],
  pools: { at: "/spec/groups", key: "name" },
  let: { image: ["$pool/image", "/spec/image"] },
  strategies: {
    from: [{ from: "$pool/strategy", default: "Rolling" }],
    effects: { Rolling: { template: "replace" }, InPlace: { template: "inplace-drain" } },
  },
  fingerprints: [
    {
      id: "template",
      trigger: "template",
      when: { target: "fleet", from: "1.2" },
      inputs: [
        { id: "image-name", from: "$image/name", because: "the image" },
        {
          id: "disks",
          each: "$pool/disks",
          because: "the disks",
          when: { not: { path: "$pool/diskless", is: true } },
          inputs: [{ id: "disk-size", from: "$item/size" }],
        },
        {
          id: "zone",
          from: "$pool/zone",
          because: "the zone",
          when: {
            any: [
              { path: "$pool/old", in: ["a", "b"] },
              {
                all: [
                  { path: "$pool/x", set: true },
                  { path: "$pool/y", set: false },
                ],
              },
            ],
          },
        },
        {
          id: "size",
          from: "$pool/size",
          because: "the size",
          when: { not: { path: "$pool/strategy", in: ["InPlace"] } },
        },
        {
          id: "colour",
          from: "$pool/colour",
          because: "the colour",
          when: {
            any: [
              { path: "$pool/strategy", is: "InPlace" },
              { path: "$pool/strategy", in: ["Manual"] },
            ],
          },
        },
      ],
    },
  ],
  refusals: [{ id: "region", at: "/spec/region", on: "once-set", because: "it is immutable", source: "validate" }],
};
const cards = ruleCards(mergeParts("fleet", [{ file: "fleet.yaml", part }]));
const card = (name: string) => cards.find((one) => one.name === name) ?? assert.fail(`no ${name}`);

describe("the card of a rule", () => {
  it("names the fields behind variables and items", () => {
    assert.deepEqual(card("fleet/image-name").fields, ["spec.groups[].image.name", "spec.image.name"]);
    assert.deepEqual(card("fleet/disks").fields, ["spec.groups[].disks[].size"]);
  });

  it("says what a trigger does under each strategy", () => {
    assert.equal(effectWords(card("fleet/disks").effects), "Rolling: replace; InPlace: inplace-drain");
  });

  it("leaves out strategies under which its condition does not hold", () => {
    assert.equal(effectWords(card("fleet/size").effects), "replace");
    assert.equal(effectWords(card("fleet/colour").effects), "inplace-drain");
    assert.equal(card("fleet/size").condition, "version of fleet >= 1.2 and spec.groups[].strategy is none of InPlace");
  });

  it("brackets what is joined by another word", () => {
    assert.equal(
      card("fleet/zone").condition,
      "version of fleet >= 1.2 and (spec.groups[].old is one of a, b or (spec.groups[].x is set and spec.groups[].y is not set))",
    );
  });

  it("joins the conditions of the row and of what holds it", () => {
    assert.equal(card("fleet/disks").condition, "version of fleet >= 1.2 and spec.groups[].diskless is not true");
    assert.equal(card("fleet/region").condition, "the value was set and changes");
  });

  it("cites the file's source with the row's", () => {
    assert.equal(card("fleet/region").source, "example/fleet@0123456 controllers/template.go validate");
    assert.equal(card("fleet/disks").source, "example/fleet@0123456 controllers/template.go");
  });
});
