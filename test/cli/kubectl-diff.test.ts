import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

// kubectl names the files GROUP.VERSION.KIND.NAMESPACE.NAME and passes two directories.
const file = "core.gardener.cloud.v1beta1.Shoot.garden-prod.payments";

describe("KUBECTL_EXTERNAL_DIFF", () => {
  it("takes the two directories that kubectl diff makes", async (context) => {
    const cwd = folderWith(context, { [`LIVE-1/${file}`]: baseShoot, [`MERGED-2/${file}`]: headShoot });
    const run = await willItRoll(["--exit-code", "--format", "json", "LIVE-1", "MERGED-2"], { cwd });
    assert.equal(run.code, 1);
    const { pools } = JSON.parse(run.stdout) as Report;
    assert.deepEqual(
      pools.map(({ pool, effect }) => [pool, effect]),
      [
        ["batch", "inplace"],
        ["general", "inplace"],
        ["ledger", "replace"],
      ],
    );
  });
});
