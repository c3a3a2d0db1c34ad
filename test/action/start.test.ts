import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { GitHubServer } from "../github/server.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { pullRequest, runAction } from "./runner.ts";

const service = (port: number): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: ${port}}]}\n`;

test("a change of nothing relevant loads neither rules nor parser nor an HTTP client", async (context) => {
  const pull = pullRequest(context, { "web.yaml": service(80) }, { "web.yaml": service(81) }, { action: "opened" });
  const server = await new GitHubServer(pull.repository.folder).start(context);
  const folder = temporaryFolder(context);
  const [trace, loaded] = [join(folder, "trace.cjs"), join(folder, "loaded.json")];
  writeFileSync(
    trace,
    `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(loaded)}, JSON.stringify({
      files: Object.keys(require("node:module")._cache), builtins: process.moduleLoadList })));`,
  );
  const outcome = await runAction(context, server, {
    commit: pull.merge,
    payload: pull.payload,
    workspace: pull.repository.folder,
    environment: { NODE_OPTIONS: `--require ${trace}` },
  });
  assert.equal(outcome.outputs["verdict"], "none", outcome.log);
  const { files, builtins } = JSON.parse(readFileSync(loaded, "utf8")) as Record<"files" | "builtins", string[]>;
  const parts = files.map((file) => basename(file)).filter((name) => name !== "trace.cjs");
  assert.deepEqual(parts.toSorted(), ["action.js", "deliver.cjs", "rolldown-runtime.cjs"]);
  assert.deepEqual(
    builtins.filter((name) => /^NativeModule (?:http|https|http2|tls|internal\/deps\/undici\/undici)$/.test(name)),
    [],
  );
});
