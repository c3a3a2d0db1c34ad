import assert from "node:assert/strict";
import { test } from "node:test";
import { Blobs } from "../../src/github/blobs.ts";
import type { RepositoryAccess } from "../../src/github/repository.ts";

const idOf = (digit: string): string => digit.repeat(40);

/** What GraphQL says of a text; the size is that of the stored bytes. */
const blob = (text: string | null, more: object = {}) => ({
  text,
  isTruncated: false,
  isBinary: false,
  byteSize: Buffer.byteLength(text ?? ""),
  ...more,
});

type Alone = Readonly<Record<string, { readonly status: number; readonly body?: object }>>;

/** Blobs of a GitHub that answers queries from one table and single requests from another, and what was asked of it. */
function blobsOf(known: Readonly<Record<string, unknown>>, alone: Alone = {}) {
  const asked: string[] = [];
  const graphql = async (query: string): Promise<unknown> => {
    const ids = [...query.matchAll(/(b\d+): object\(oid: "(\w)/g)];
    asked.push(`query ${ids.map(([, , digit]) => digit).join("")}`);
    return await Promise.resolve({
      repository: Object.fromEntries(ids.map(([, name = "", digit = ""]) => [name, known[digit] ?? null])),
    });
  };
  const request = async (_: string, { file_sha: id }: { readonly file_sha: string }): Promise<unknown> => {
    asked.push(id.slice(0, 1));
    const { status, body } = alone[id.slice(0, 1)] ?? { status: 404 };
    if (status !== 200) throw Object.assign(new Error("refused"), { status, response: {} });
    return await Promise.resolve({ data: body });
  };
  const client = { graphql, request } as unknown as RepositoryAccess["client"];
  return { blobs: new Blobs({ client, owner: "o", repo: "r" }, 1000), asked };
}

test("each file is asked for once, and what is no id never", async () => {
  const { blobs, asked } = blobsOf({ a: blob("a: 1\n"), b: blob("ö") });
  const found = await blobs.read([idOf("a"), idOf("b"), idOf("a"), '") { x } #']);
  assert.deepEqual(
    found.map((one) => (one.state === "found" ? one.bytes.toString("utf8") : one.code)),
    ["a: 1\n", "ö", "a: 1\n", "missing-object"],
  );
  await blobs.read([idOf("b")]);
  assert.deepEqual(asked, ["query ab"]);
});

test("what GraphQL cuts, or cannot show as text, is asked for alone", async () => {
  const bytes = Buffer.from([0x61, 0x3a, 0xff]);
  const whole = { status: 200, body: { encoding: "base64", content: bytes.toString("base64") } };
  const { blobs, asked } = blobsOf(
    {
      a: blob("a: 1\n", { isTruncated: true, byteSize: 900 }),
      b: blob("a:\uFFFD", { byteSize: 3 }),
      c: blob(null, { byteSize: 3 }),
      d: blob("a", { byteSize: 4 }),
      e: blob(null, { isBinary: true }),
      f: blob("a", { byteSize: 1001 }),
    },
    { a: whole, b: whole, c: whole, d: whole },
  );
  const found = await blobs.read([..."abcdef"].map(idOf));
  assert.deepEqual(
    found.map((one) => (one.state === "found" ? one.bytes.equals(bytes) : one.code)),
    [true, true, true, true, "not-utf8", "file-too-large"],
  );
  assert.deepEqual(asked.toSorted(), ["a", "b", "c", "d", "query abcdef"]);
});

test("what GitHub does not hand out is not there, and only that", async () => {
  const cut = blob("a", { isTruncated: true });
  const { blobs } = blobsOf(
    {
      a: cut,
      b: cut,
      c: cut,
      d: cut,
      e: blob("version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 9\n"),
    },
    {
      a: { status: 403 },
      b: { status: 404 },
      c: { status: 422 },
      d: { status: 200, body: { encoding: "none", content: "" } },
    },
  );
  const found = await blobs.read([..."abcdef"].map(idOf));
  assert.deepEqual(
    found.map((one) => (one.state === "found" ? "found" : one.code)),
    ["missing-object", "missing-object", "missing-object", "missing-object", "lfs-pointer", "missing-object"],
  );
  const failing = blobsOf({ a: cut }, { a: { status: 400 } });
  await assert.rejects(failing.blobs.read([idOf("a")]), { status: 400 });
});
