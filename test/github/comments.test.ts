import assert from "node:assert/strict";
import { test } from "node:test";
import { type OwnComment, writeComment } from "../../src/github/comments.ts";
import type { RepositoryAccess } from "../../src/github/repository.ts";
import { decodeMarker, encodeMarker } from "../../src/views/marker.ts";

const body = (number: number, text: string): string => {
  const run = { number, attempt: 1, time: "2026-01-01T00:00:00.000Z" };
  return `${encodeMarker({ key: "k", fingerprint: "f", head: "h", run })}\n${text}`;
};
const comment = (id: number, run: number, text: string): OwnComment => {
  const marker = decodeMarker(body(run, text));
  assert.ok(marker !== undefined);
  return { id, body: body(run, text), marker };
};

/** A GitHub that refuses what `refuse` gives a status for, and what was asked of it. */
function target(refuse: (call: string, text: string) => number | undefined) {
  const calls: string[] = [];
  const request = async (
    route: string,
    { comment_id: id, body: text = "" }: { readonly comment_id?: number; readonly body?: string },
  ): Promise<unknown> => {
    const shown = text.slice(text.indexOf("\n") + 1);
    const call = `${route.slice(0, route.indexOf(" "))} ${id ?? ""} ${shown}`.trim();
    calls.push(call);
    const status = refuse(call, shown);
    if (status !== undefined) throw Object.assign(new Error("refused"), { status, response: {} });
    return await Promise.resolve({ data: { id, user: null } });
  };
  const client = { request } as unknown as RepositoryAccess["client"];
  return { calls, target: { access: { client, owner: "o", repo: "r" }, number: 1, key: "k" } };
}

test("a comment that is too long is updated with a shorter one", async () => {
  const found = target((_, text) => (text.length > 5 ? 422 : undefined));
  const written = await writeComment(found.target, [comment(7, 1, "old")], [body(2, "longest"), body(2, "short")]);
  assert.deepEqual(written, { state: "updated", id: 7 });
  assert.deepEqual(found.calls, ["PATCH 7 longest", "PATCH 7 short"]);
  const all = target(() => 422);
  const refused = await writeComment(all.target, [comment(7, 1, "old")], [body(2, "longest"), body(2, "short")]);
  assert.deepEqual([refused.state, all.calls.length], ["refused", 2]);
  const other = target(() => 403);
  await writeComment(other.target, [comment(7, 1, "old")], [body(2, "longest"), body(2, "short")]);
  assert.deepEqual(other.calls, ["PATCH 7 longest"]);
});

test("of several comments the oldest stays, and one that is gone already is none too many", async () => {
  const two = [comment(7, 1, "same"), comment(8, 1, "old")];
  const found = target((call) => (call.startsWith("DELETE") ? 404 : undefined));
  assert.deepEqual(await writeComment(found.target, two, [body(1, "same")]), { state: "unchanged", id: 7 });
  assert.deepEqual(found.calls, ["DELETE 8"]);
  const refused = target((call) => (call.startsWith("DELETE") ? 403 : undefined));
  assert.equal((await writeComment(refused.target, two, [body(1, "same")])).state, "refused");
  const outdated = target(() => undefined);
  const newer = [comment(7, 1, "old"), comment(8, 3, "newer")];
  assert.deepEqual(await writeComment(outdated.target, newer, [body(2, "mine")]), { state: "outdated", id: 8 });
  assert.deepEqual(outdated.calls, []);
});
