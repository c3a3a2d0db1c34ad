import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../src/manifests/manifest.ts";
import { argoEdit, fluxEdit } from "../../../src/rendering/applied/applied-kustomization.ts";

const own: JsonObject = {
  resources: ["a.yaml"],
  commonAnnotations: { a: "1", b: "1" },
  commonLabels: { a: "1", b: "1" },
  labels: [{ pairs: { c: "1" } }],
};
const edited = (edit: ReturnType<typeof fluxEdit>): unknown => (typeof edit === "function" ? edit(own) : edit);

describe("the kustomization that is built for", () => {
  it("an Application has the labels of both, its own over those of the folder", () => {
    assert.deepEqual(edited(argoEdit({ commonLabels: { b: "2" }, commonAnnotations: { b: "2" } })), {
      ...own,
      commonLabels: { a: "1", b: "2" },
      commonAnnotations: { a: "1", b: "2" },
    });
  });

  it("an Application leaves selectors alone where it says so", () => {
    const options = { commonLabels: { b: "2" }, labelWithoutSelector: true };
    const added = { pairs: { b: "2" }, includeSelectors: false };
    assert.deepEqual(edited(argoEdit(options)), {
      ...own,
      labels: [{ pairs: { c: "1" } }, { ...added, includeTemplates: false }],
    });
    assert.deepEqual(edited(argoEdit({ ...options, labelIncludeTemplates: true })), {
      ...own,
      labels: [{ pairs: { c: "1" } }, { ...added, includeTemplates: true }],
    });
  });

  it("a Kustomization writes patches of all kinds as texts", () => {
    const patch = { op: "remove", path: "/a" };
    assert.deepEqual(
      edited(
        fluxEdit({
          patches: [{ target: { kind: "Shoot" }, patch: "- a" }],
          patchesJson6902: [{ target: { kind: "Shoot" }, patch: [patch] }],
          patchesStrategicMerge: [{ kind: "Shoot" }],
        }),
      ),
      {
        ...own,
        patches: [{ target: { kind: "Shoot" }, patch: "- a" }],
        patchesJson6902: [{ target: { kind: "Shoot" }, patch: JSON.stringify([patch]) }],
        patchesStrategicMerge: [JSON.stringify({ kind: "Shoot" })],
      },
    );
  });

  it("both has the images of both, those of the folder under names that are not given again", () => {
    const before = {
      images: [
        { name: "a", newTag: "1" },
        { name: "o", newTag: "1" },
      ],
    };
    const of = (edit: ReturnType<typeof fluxEdit>) => (typeof edit === "function" ? edit(before) : edit);
    assert.deepEqual(of(argoEdit({ images: ["a=b:c"] })), {
      images: [
        { name: "a", newName: "b", newTag: "c" },
        { name: "o", newTag: "1" },
      ],
    });
    assert.deepEqual(of(fluxEdit({ images: [{ name: "n", newTag: "b" }] })), {
      images: [...before.images, { name: "n", newTag: "b" }],
    });
  });

  it("neither is another where nothing is said", () => {
    assert.equal(argoEdit({ namePrefix: "", version: "v5" }), undefined);
    assert.equal(fluxEdit({ patches: [] }), undefined);
  });
});
