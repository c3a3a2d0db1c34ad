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
    assert.doesNotMatch(query, /\{ x \}/, "nothing but ids gets into a query");
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
      // Three bytes that are no character are shown as one of three bytes.
      b: blob("a:\uFFFD"),
      c: blob(null, { byteSize: 3 }),
      d: blob("a", { byteSize: 4 }),
      e: blob(null, { isBinary: true }),
      f: blob("a", { byteSize: 1001 }),
      "0": blob("#".repeat(1000)),
    },
    { a: whole, b: whole, c: whole, d: whole },
  );
  const found = await blobs.read([..."abcdef0"].map(idOf));
  assert.deepEqual(
    found.map((one) => (one.state === "found" ? one.bytes.equals(bytes) : one.code)),
    [true, true, true, true, "not-utf8", "file-too-large", false],
  );
  assert.deepEqual(asked.toSorted(), ["a", "b", "c", "d", "query abcdef0"]);
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

test("a hundred files go into a request, and few requests are out at a time", async () => {
  let [under, most] = [0, 0];
  const sizes: number[] = [];
  const waiting = async <T>(answer: T): Promise<T> => {
    most = Math.max(most, (under += 1));
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
    return answer;
  };
  const graphql = async (query: string): Promise<unknown> => {
    const names = Array.from(query.matchAll(/(b\d+): object/g), ([, name = ""]) => name);
    sizes.push(names.length);
    return await waiting({
      repository: Object.fromEntries(names.map((name) => [name, blob("a", { isTruncated: true })])),
    });
  };
  const data = { encoding: "base64", content: "YQ==" };
  const client = { graphql, request: async () => await waiting({ data }) } as unknown as RepositoryAccess["client"];
  const ids = Array.from({ length: 501 }, (_, index) => index.toString(16).padStart(40, "0"));
  const found = await new Blobs({ client, owner: "o", repo: "r" }, 1000).read(ids);
  assert.ok(found.every((one) => one.state === "found"));
  assert.deepEqual(
    sizes.toSorted((a, b) => a - b),
    [1, 100, 100, 100, 100, 100],
  );
  assert.ok(most <= 16, `four requests, of which each asks four times: ${most}`);
});
