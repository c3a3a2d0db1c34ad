import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "js-yaml";
import type { Json, JsonObject } from "../../../src/manifests/manifest.ts";
import type { TablePart } from "../../../src/rules/table.ts";
import { previousMinor } from "../../../src/rules/version.ts";
import { judge } from "./judge.ts";
import { clusterOf, poolOf } from "./objects.ts";

const part = load(readFileSync(new URL("../../../rules/hypershift/api-additions.yaml", import.meta.url), "utf8"));
const { additions = [] } = part as TablePart;

/** The object with something at a place; what is on the way to it is made on both sides. */
function placed(object: JsonObject, segments: readonly string[], value: Json | undefined): JsonObject {
  const [segment = "", ...rest] = segments;
  const copy: Record<string, Json> = { ...object };
  if (rest.length > 0) {
    const [next = "", ...inner] = rest;
    const old = copy[segment];
    copy[segment] =
      next === "*"
        ? [placed({ name: "a" }, inner, value)]
        : placed((typeof old === "object" && old !== null ? old : {}) as JsonObject, rest, value);
  } else if (value !== undefined) copy[segment] = value;
  return copy;
}

const pool = poolOf("None");
const cluster = clusterOf("None");

for (const { target, from, at } of additions)
  test(`what came with operator ${from} is unknown to the one before it`, () => {
    const before = from === "5.1" ? "5.0" : (previousMinor(from) ?? "");
    for (const path of at) {
      const [root = "", ...segments] = path.split("/");
      const object = root === "$pool" ? pool : cluster;
      const rest = root === "$pool" ? [cluster] : [pool];
      const base = [...rest, placed(object, segments, undefined)];
      const head = [...rest, placed(object, segments, segments.includes("*") ? 7 : { a: 7 })];
      const report = [...judge(base, head, { targets: { [target]: before } }).values()][0];
      assert.ok(
        report?.causes.some(
          ({ rule, because }) => rule === "hypershift/unknown-field" && because.includes(`came with ${from}`),
        ),
        `${path}: ${JSON.stringify(report?.causes)}`,
      );
    }
  });
