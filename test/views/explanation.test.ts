import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { renderExplanation, type ShownInput, type ShownPool } from "../../src/views/explanation.ts";
import { hostileTexts } from "./hostile.ts";

const input = (rule: string, more: Partial<ShownInput> = {}): ShownInput => ({
  fingerprint: "machine-class",
  rule,
  base: '"a"',
  head: '"a"',
  equal: true,
  unknown: null,
  ...more,
});
const pool = (...inputs: readonly ShownInput[]): ShownPool => ({
  system: "gardener",
  namespace: "garden-prod",
  cluster: "payments",
  pool: "ledger",
  inputs,
});

describe("the explanation of a pool", () => {
  it("shows what is equal, different and not known, under each fingerprint", () => {
    const inputs = [
      input("gardener/machine-type", { head: '"b"', equal: false }),
      input("gardener/volume", { base: '"50Gi"', head: '"50Gi"' }),
      input("gardener/cri", { base: null, head: null }),
      input("gardener/key", { fingerprint: "files", equal: false, unknown: "the Secret is not among the manifests" }),
      input("gardener/ntp", { fingerprint: "files", base: null, head: null, equal: false, unknown: "not evaluated" }),
    ];
    assert.equal(
      renderExplanation([pool(...inputs), pool()], { color: false }),
      `garden-prod/payments/ledger (gardener)
  machine-class
    different  gardener/machine-type  "a" -> "b"
    equal      gardener/volume        "50Gi"
    equal      gardener/cri           (absent)
  files
    unknown    gardener/key           "a" -> "a"  (the Secret is not among the manifests)
    unknown    gardener/ntp           (not evaluated)

garden-prod/payments/ledger (gardener)
    no fingerprint applies to this pool
`,
    );
  });

  it("shows of long values what differs", () => {
    const long = (word: string): string => JSON.stringify(`${"x".repeat(5000)}${word}${"y".repeat(5000)}`);
    const text = renderExplanation(
      [pool(input("a", { base: long("one"), head: long("two"), equal: false }), input("b", { base: long("one") }))],
      { color: false },
    );
    assert.match(text, /different {2}a {2}…x+oney+… -> …x+twoy+…\n/);
    assert.ok(text.split("\n").every((line) => line.length < 600));
  });

  it("sets off in colour what differs and what is not known", () => {
    const inputs = [input("a"), input("b", { head: '"b"', equal: false }), input("c", { equal: false, unknown: "so" })];
    const [, , equal = "", different = "", unknown = ""] = renderExplanation([pool(...inputs)], { color: true }).split(
      "\n",
    );
    assert.ok(equal.startsWith("    \u001b[2mequal"));
    assert.ok(different.startsWith("    \u001b[1m\u001b[33mdifferent"));
    assert.ok(unknown.startsWith("    \u001b[35munknown"));
  });

  it("holds text that could steer a terminal", () => {
    for (const hostile of [...hostileTexts, "\u001b[31m"]) {
      const text = renderExplanation(
        [{ ...pool(input(hostile, { base: hostile, unknown: hostile })), pool: hostile }],
        {
          color: false,
        },
      );
      assert.match(text.replaceAll("\n", ""), /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}]*$/u);
    }
  });
});
