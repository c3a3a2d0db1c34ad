import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { verdictFingerprint } from "../../src/report/fingerprint.ts";

test("the fingerprint of no verdict is the one that the list of none has", () => {
  const digest = createHash("sha256").update("[]").digest("hex");
  assert.equal(verdictFingerprint([]), digest.slice(0, 16));
});
