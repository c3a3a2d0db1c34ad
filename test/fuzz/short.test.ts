import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultReportMessage } from "fast-check";
import { properties } from "./properties.ts";

// The long run is `npm run fuzz`; this one has a fixed seed, so that it finds the same on every machine.
for (const [name, run] of Object.entries(properties))
  test(name, () => {
    const details = run({ seed: 20, numRuns: 40 });
    assert.equal(details.failed, false, defaultReportMessage(details) ?? name);
  });
