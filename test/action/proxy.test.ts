import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { test } from "node:test";
import { GitHubServer } from "../github/server.ts";
import { old, rolled } from "./pull-request.ts";
import { pullRequest, runAction } from "./runner.ts";

/** Node's client heeds the variables of a proxy from these versions on. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isHeeded = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);

test("everything goes through the proxy that the environment names", { skip: !isHeeded }, async (context) => {
  const pull = pullRequest(context, old, rolled);
  const server = await new GitHubServer(pull.repository.folder).start(context);
  let passed = 0;
  const proxy = createServer((incoming, outgoing) => {
    passed += 1;
    const target = new URL(incoming.url ?? "", server.url);
    const { method, headers } = incoming;
    const onward = request(new URL(target.pathname + target.search, server.url), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  proxy.on("connect", (_request, socket) => {
    passed += 1;
    const { hostname, port } = new URL(server.url);
    const onward = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket);
      socket.pipe(onward);
    });
    for (const end of [onward, socket]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const outcome = await runAction(context, server, {
    commit: pull.merge,
    payload: pull.payload,
    environment: {
      HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      // A name that only the proxy can resolve.
      GITHUB_API_URL: "http://github.invalid",
    },
  });
  assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
  assert.equal(server.comments.length, 1);
  assert.ok(passed > 0);
});
