import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { findHelm, findKustomize } from "../../src/rendering/tools/find-tools.ts";
import { folderWith } from "../temporary-folder.ts";

/** A folder with programs that print these lines. */
function programs(context: TestContext, lines: Readonly<Record<string, string>>): string {
  const files = Object.entries(lines).map(([name, line]) => [name, `#!/bin/sh\necho '${line}'\n`]);
  const folder = folderWith(context, Object.fromEntries(files));
  for (const name of Object.keys(lines)) chmodSync(join(folder, name), 0o755);
  return folder;
}

const kubectl = "Client Version: v1.36.4\nKustomize Version: v5.8.1";
const cases = [
  { says: "kustomize before kubectl", lines: { kustomize: "v5.8.1", kubectl }, found: "kustomize v5.8.1" },
  { says: "before v5", lines: { kustomize: "{Version:kustomize/v4.5.7 GitCommit:56d8}" }, found: "kustomize v4.5.7" },
  { says: "built by a distribution", lines: { kustomize: "(devel)", kubectl }, found: "kustomize (devel)" },
  { says: "something else of that name", lines: { kustomize: "hello", kubectl }, found: "kubectl kustomize v5.8.1" },
  { says: "a kubectl without kustomize", lines: { kubectl: "Client Version: v1.13.0" }, found: undefined },
  { says: "nothing", lines: {}, found: undefined },
];
for (const { says, lines, found } of cases)
  test(`kustomize: ${says}`, async (context) => {
    const tool = await findKustomize(folderWith(context, {}), programs(context, lines));
    assert.equal(tool && `${tool.name} ${tool.version}`, found);
  });

test("helm, with what was built beside its version", async (context) => {
  const tool = await findHelm(folderWith(context, {}), programs(context, { helm: "v4.1.4+g05fa379" }));
  assert.deepEqual([tool?.name, tool?.version], ["helm", "v4.1.4"]);
});
