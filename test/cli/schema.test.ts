import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { root, willItRoll } from "../built-program.ts";

const published = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, `schemas/${name}.json`), "utf8")) as Record<string, unknown>;

describe("schema", () => {
  for (const name of ["report", "configuration", "rules"])
    it(`prints the published schema of the ${name}`, async () => {
      const { stdout } = await willItRoll(["schema", name]);
      assert.deepEqual(JSON.parse(stdout), published(name));
      if (name === "report") assert.equal((await willItRoll(["schema"])).stdout, stdout);
    });

  it("describes real reports", async () => {
    const validate = new Ajv2020({ strict: false }).compile(published("report"));
    for (const sides of [
      ["examples/gardener.base.yaml", "examples/gardener.head.yaml"],
      ["examples/hypershift.base.yaml", "examples/hypershift.head.yaml"],
      ["examples/fleet/base", "examples/fleet/head"],
      ["examples/fleet/base", "examples/gardener.head.yaml"],
    ]) {
      const { stdout } = await willItRoll([...sides, "--format", "json"]);
      assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
    }
  });

  it("describes the configuration that the documentation shows", () => {
    const [, text = ""] =
      /```yaml\n(# Which[\s\S]*?)```/.exec(readFileSync(join(root, "docs/configuration.md"), "utf8")) ?? [];
    const validate = new Ajv2020({ strict: false }).compile(published("configuration"));
    assert.ok(validate(load(text)), JSON.stringify(validate.errors));
  });
});
