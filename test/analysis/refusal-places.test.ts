import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze } from "../../src/index.ts";
import { nodePool, shoot } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";

const side = (text: string) => sideOf(text === "" ? {} : { "a.yaml": text });

/** Where the refusals stand, with what is shown of the change. */
const places = (before: string, after: string): string[] =>
  analyze(side(before), side(after)).pools.flatMap(({ causes }) =>
    causes
      .filter(({ effect }) => effect === "rejected")
      .map(({ because, path, line, before: old, after: now }) => `${because} | ${path}:${line} ${old} -> ${now}`),
  );

describe("a check that refuses an object", () => {
  const binding = "spec.secretBindingName: is no longer supported for Kubernetes versions >= 1.34";
  const older = shoot("one", ["a"]);

  it("shows the change that made a field wrong which itself stands still", () => {
    assert.deepEqual(places(older, older.replace("1.33.2", "1.34.1")), [
      `${binding} | /spec/kubernetes/version:15 1.33.2 -> 1.34.1`,
    ]);
  });

  it("shows the field of a new object, and the place of what it lacks", () => {
    assert.deepEqual(places("", older.replace("1.33.2", "1.34.1")), [
      `${binding} | /spec/secretBindingName:10 null -> aws`,
    ]);
    const bare = older.replace("  networking:\n    type: calico\n", "  networking:\n");
    assert.deepEqual(places("", bare), [
      "spec.networking.type: networking type must be provided | /spec/networking/type:12 null -> null",
    ]);
  });
});

describe("a value that the API refuses wherever it stands", () => {
  it("is shown at its own place where the whole object is new", () => {
    const pool = nodePool("one", "a").replace("v1beta1", "v1alpha1");
    assert.deepEqual(places("", pool), [
      "The API server does not serve hypershift.openshift.io/v1alpha1: kubectl does not find the kind and applies nothing of the NodePool | /apiVersion:1 null -> hypershift.openshift.io/v1alpha1",
    ]);
  });
});
