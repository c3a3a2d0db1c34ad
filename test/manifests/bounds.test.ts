import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { boundTable, bounds } from "../../src/manifests/bounds.ts";
import type { SourceFile } from "../../src/manifests/manifest.ts";
import { readManifests } from "../../src/manifests/read.ts";
import { YamlError } from "../../src/manifests/yaml/yaml-error.ts";
import { parseYaml } from "../../src/manifests/yaml/yaml.ts";
import { file, interest } from "./interest.ts";

const shoot = (name: string, more = "") =>
  `apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: ${name}}\n${more}`;
const laughs = Array.from(
  "bcdefgh",
  (letter, index) => `${letter}: &${letter} [${`*${"abcdefgh"[index]}, `.repeat(9)}]\n`,
);

/** For each bound: a file beyond it, and what is said then. */
const examples: Record<
  Exclude<keyof typeof bounds, "duplicates">,
  { given: () => SourceFile; code: string; shown?: string; kept: readonly string[] }
> = {
  totalBytes: {
    given: () => ({ path: "a.yaml", bytes: new Uint8Array(bounds.totalBytes + 1) }),
    code: "too-much-text",
    kept: [],
  },
  pathLength: {
    given: () => file(`${"a".repeat(bounds.pathLength)}.yaml`, shoot("x")),
    code: "path-too-long",
    shown: `${"a".repeat(100)}…`,
    kept: ["b"],
  },
  documents: {
    given: () => file("a.yaml", "a: 1\n---\n".repeat(bounds.documents + 1)),
    code: "too-many-documents",
    kept: [],
  },
  documentLength: {
    given: () => file("a.yaml", shoot("x", `a: ${"y".repeat(bounds.documentLength)}\n`)),
    code: "document-too-long",
    kept: ["b"],
  },
  depth: {
    given: () => file("a.yaml", shoot("x", `a: ${"[".repeat(100_000)}`)),
    code: "unreadable",
    kept: ["b"],
  },
  aliasShare: {
    given: () => file("a.yaml", shoot("x", `a: &a [x]\n${laughs.join("")}`)),
    code: "unreadable",
    kept: ["b"],
  },
  keyLength: {
    given: () => file("a.yaml", shoot("x", `${"k".repeat(bounds.keyLength + 1)}: 1\n`)),
    code: "unreadable",
    kept: ["b"],
  },
};

describe("the reader's bounds", () => {
  it("have a value, a unit and an effect", () => {
    assert.deepEqual(Object.keys(bounds).toSorted(), Object.keys(boundTable).toSorted());
    for (const [name, bound] of Object.entries(boundTable)) {
      assert.equal(bounds[name as keyof typeof bounds], bound.value);
      assert.ok(bound.value > 0 && bound.unit.length > 0 && bound.effect.includes("diagnostic"), name);
    }
  });

  for (const [name, { given, code, shown = "a.yaml", kept }] of Object.entries(examples))
    it(`${name}: says ${code}, and the rest is judged where it can be`, () => {
      const { manifests, diagnostics } = readManifests([given(), file("b.yaml", shoot("b"))], interest);
      assert.deepEqual(
        diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.file, diagnostic.incomplete]),
        [[code, shown, true]],
      );
      assert.deepEqual(
        manifests.map((manifest) => manifest.name),
        kept,
      );
    });

  it("allow what stands at them", () => {
    assert.equal(JSON.stringify(parseYaml(`${"[".repeat(499)}${"]".repeat(499)}`)).length, 998);
    assert.deepEqual({ ...(parseYaml(`${"k".repeat(1024)}: 1\n`) as object) }, { ["k".repeat(1024)]: 1 });
    assert.deepEqual({ ...(parseYaml(`? ${"k".repeat(2000)}\n: 1\n`) as object) }, { ["k".repeat(2000)]: 1 });
  });
});

describe("texts on which patterns could backtrack forever", () => {
  // Where a pattern tried all of them, these would not end.
  const many = 60_000;
  for (const [name, text] of [
    ["line breaks of two characters before a mark that does not come", `${"\r\n".repeat(many)}a: 1\r\n...\r\n`],
    ["comments of such lines", `${"# x\r\n".repeat(many)}a: 1\r\n...\r\n`],
    ["a block scalar of them", `a: |\r\n${"\r\n".repeat(many)}b: [\n`],
    ["quotes that are escaped and do not end", `a:\n  b: [\nx, "${'\\"'.repeat(many)}\n`],
    ["quotes that stand for one and do not end", `a:\n  b: [\nx, '${"''".repeat(many)}\n`],
    ["blanks beside a flow collection", `a:\n\t[${" ".repeat(many)}x,\n${" ".repeat(many)}y\n`],
  ] as const)
    it(name, () => {
      try {
        parseYaml(text);
      } catch (error) {
        assert.ok(error instanceof YamlError, String(error));
      }
    });
});

describe("texts at the edge of what YAML is", () => {
  const codes = (bytes: Uint8Array) => readManifests([{ path: "a.yaml", bytes }], interest);
  const encode = (text: string) => new TextEncoder().encode(text);

  it("an empty file, comments and blank lines hold nothing", () => {
    for (const text of ["", "\n", "# Shoot\n", "---\n---\n", "\uFEFF"])
      assert.deepEqual(codes(encode(text)), { manifests: [], diagnostics: [] });
  });

  it("a byte order mark and CRLF change nothing", () => {
    const { manifests, diagnostics } = codes(
      encode(`\uFEFF${shoot("x", "spec:\n  a: |\n    b\n    c\n")}`.replaceAll("\n", "\r\n")),
    );
    assert.deepEqual(diagnostics, []);
    assert.equal((manifests[0]!.value["spec"] as { readonly a: string }).a, "b\nc\n");
    assert.deepEqual(manifests[0]!.locate(["spec", "a"]).line, 6);
  });

  it("a missing line break at the end changes nothing, because kubectl reads line by line", () => {
    const values = [shoot("x", "a: |\n  b"), shoot("x", "a: |\n  b\n")].map(
      (text) => codes(encode(text)).manifests[0]!.value["a"],
    );
    assert.deepEqual(values, ["b\n", "b\n"]);
  });

  it("bytes that are not UTF-8 lose only their document", () => {
    const broken = encode(`${shoot("x", "a: @@\n")}---\n${shoot("other")}`).map((byte) =>
      byte === 0x40 ? 0xff : byte,
    );
    const { manifests, diagnostics } = codes(broken);
    assert.deepEqual(
      manifests.map(({ name }) => name),
      ["other"],
    );
    assert.deepEqual(
      diagnostics.map(({ code, line, incomplete }) => [code, line, incomplete]),
      [["not-utf8", 4, true]],
    );
  });

  it("UTF-16, as some shells write it, is refused and not taken for a file without manifests", () => {
    const text = Buffer.from(`\uFEFF${shoot("x")}`, "utf16le");
    for (const bytes of [text, text.subarray(2), Buffer.from(text).swap16()]) {
      const { manifests, diagnostics } = codes(bytes);
      assert.deepEqual(
        [manifests.length, ...diagnostics.map(({ code, severity, incomplete }) => [code, severity, incomplete])],
        [0, ["not-utf8", "error", true]],
      );
    }
  });

  it("a duplicate key counts last, with a warning", () => {
    const { manifests, diagnostics } = codes(encode(shoot("x", "spec:\n  a: 1\n  a: 2\n")));
    assert.deepEqual({ ...(manifests[0]!.value["spec"] as object) }, { a: 2 });
    assert.deepEqual(
      diagnostics.map(({ code, severity, line, incomplete }) => [code, severity, line, incomplete]),
      [["duplicate-key", "warning", 6, undefined]],
    );
  });

  it("of many duplicate keys a few are told one by one", () => {
    const { diagnostics } = codes(encode(shoot("x", `spec:\n${"  a: 1\n".repeat(30)}`)));
    assert.equal(diagnostics.length, 21);
    assert.match(diagnostics.at(-1)!.message, /^9 more keys/);
    assert.equal(diagnostics.at(-1)!.line, 26);
  });

  it("names of JavaScript's own are keys like any other", () => {
    const value = parseYaml("__proto__: {a: 1}\nconstructor: 2\n<<: {toString: 3}\n") as object;
    for (const inherited of ["toString", "hasOwnProperty", "__proto__"])
      assert.equal(inherited in (parseYaml("a: 1") as object), false, inherited);
    assert.deepEqual(Object.keys(value), ["__proto__", "constructor", "toString"]);
    assert.equal(({} as Record<string, unknown>)["a"], undefined);
  });

  it("whole numbers stay exact", () => {
    assert.deepEqual(parseYaml("[9007199254740993, 18446744073709551615, -9223372036854775808, 1e18, 12]"), [
      9007199254740993n,
      18446744073709551615n,
      -9223372036854775808n,
      1000000000000000000n,
      12,
    ]);
  });
});
