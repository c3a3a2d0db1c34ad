import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readManifests } from "../../src/manifests/read.ts";
import { file, interest } from "./interest.ts";

const gardener = "apiVersion: core.gardener.cloud/v1beta1";
const shoot = `${gardener}\nkind: Shoot\n`;

/** Texts that are meant to be a Shoot and cannot be told to be one: code, line, message. */
const refused: readonly (readonly [text: string, code: string, line: number, message: RegExp])[] = [
  [`${gardener}\nkind: [Shoot]\n`, "not-text", 2, /^kind is a list, but must be text/],
  [
    `${gardener}\nkind: "{{ .Values.kind }}"\n`,
    "template",
    2,
    /^kind is "\{\{ \.Values\.kind \}\}": this is a template/,
  ],
  [`kind: "{{ .Values.kind }}"\nmetadata: {name: x}\n`, "template", 1, /^kind is "\{\{/],
  ["kind: Shoot\nmetadata: {name: x}\n", "no-api-version", 1, /^the Shoot has no apiVersion/],
  ['apiVersion: ""\nkind: Shoot\n', "no-api-version", 2, /^the Shoot has no apiVersion/],
  ["apiVersion: 1\nkind: Shoot\n", "not-text", 1, /^apiVersion is the number 1,/],
  ["apiVersion: null\nkind: Shoot\n", "not-text", 1, /^apiVersion is null,/],
  ['apiVersion: "{{ .Values.api }}"\nkind: Shoot\n', "template", 1, /^apiVersion is "\{\{/],
  [`${shoot}metadata: [x]\n`, "bad-metadata", 3, /^metadata of the Shoot is not a mapping/],
  [shoot, "no-name", 1, /^the Shoot has no metadata\.name/],
  [`${shoot}metadata: {name: null}\n`, "no-name", 3, /^the Shoot has no metadata\.name/],
  [`${shoot}metadata: {name: 12}\n`, "not-text", 3, /^metadata\.name is the number 12,/],
  [`${shoot}metadata: {name: "{{ x }}"}\n`, "template", 3, /^metadata\.name is "\{\{ x \}\}": this is a template/],
  [`${shoot}metadata: {name: x, namespace: true}\n`, "not-text", 3, /^metadata\.namespace is the boolean true,/],
  [`${shoot}metadata: {name: x, namespace: {a: b}}\n`, "not-text", 3, /^metadata\.namespace is a mapping,/],
  [`${shoot}metadata: {name: x, namespace: "\${NS}"}\n`, "template", 3, /^metadata\.namespace is "\$\{NS\}"/],
  [`${gardener}\nkind: ShootList\nitems: {a: 1}\n`, "bad-list", 3, /^items of the ShootList is not a list/],
  [`${gardener}\nkind: ShootList\nitems: [1]\n`, "bad-list", 3, /^an item of the ShootList is not an object/],
];

describe("an object that cannot be told", () => {
  for (const [text, code, line, message] of refused)
    it(`${code}: ${JSON.stringify(text.replace(`${gardener}\n`, ""))}`, () => {
      const { manifests, diagnostics } = readManifests([file("a.yaml", text)], interest);
      assert.deepEqual(manifests, []);
      assert.deepEqual(
        diagnostics.map((one) => [one.code, one.line, one.severity, one.incomplete]),
        [[code, line, "error", true]],
      );
      assert.match(diagnostics[0]!.message, message);
    });

  it("has no namespace where that is null or empty", () => {
    for (const namespace of ["null", '""']) {
      const { manifests } = readManifests(
        [file("a.yaml", `${shoot}metadata: {name: x, namespace: ${namespace}}\n`)],
        interest,
      );
      assert.deepEqual(
        manifests.map((one) => [one.name, one.namespace]),
        [["x", undefined]],
      );
    }
  });
});
