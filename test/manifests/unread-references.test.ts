import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readChange } from "../../src/comparison.ts";
import { textsIn } from "../../src/manifests/unread-references.ts";
import { outlinesOf } from "../../src/systems/outlines.ts";
import { read } from "../sources/git/read-git.ts";
import { newRepository } from "../sources/git/repository.ts";
import { file } from "./interest.ts";

const template = (values: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ name }}\nstringData: {{ ${values} }}\n`;
const broken = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: ${value}\n`;
const pool = (kind: string, group: string): string =>
  `apiVersion: ${group}/v1beta1\nkind: ${kind}\nmetadata: {name: blue, namespace: clusters}\nspec: {}\n`;
const nodePool = pool("NodePool", "hypershift.openshift.io");
const shoot = pool("Shoot", "core.gardener.cloud");
const release =
  "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: pools}\nspec: {valuesFrom: [{kind: ConfigMap, name: settings}]}\n";

/** The diagnostics of a change, as `severity code`, with `!` where they leave the report incomplete. */
const said = (sides: Pick<Awaited<ReturnType<typeof read>>, "base" | "head">): string[] => {
  const { problems } = readChange(sides.base, sides.head, outlinesOf());
  return [...problems.base, ...problems.head].map(
    ({ severity, code, incomplete }) => `${severity} ${code}${incomplete === true ? "!" : ""}`,
  );
};

describe("an object that others name, and that cannot be read", () => {
  const inGit = async (context: Parameters<typeof newRepository>[0], unchanged: Readonly<Record<string, string>>) => {
    const repository = newRepository(context);
    repository.commit({ ...unchanged, "roles/app/templates/secret.yaml": template("old"), "map.yaml": broken("1") });
    repository.commit({ "roles/app/templates/secret.yaml": template("new"), "map.yaml": broken("2") });
    return said(await read(repository, "HEAD^", "HEAD"));
  };
  const ofBoth = ["error unreadable!", "error template!"];
  const warned = ["warning unreadable"];

  test("is nothing to wait for where nothing in the tree may name one", async (context) => {
    assert.deepEqual(await inGit(context, { "shoot.yaml": shoot }), [...warned, ...warned]);
    assert.deepEqual(await inGit(context, { "readme.md": "NodePool\n" }), [...warned, ...warned]);
  });

  test("leaves the report incomplete where a pool, unchanged and not read, may name it", async (context) => {
    assert.deepEqual(await inGit(context, { "pool.yaml": nodePool }), [...ofBoth, ...ofBoth]);
    assert.deepEqual(
      await inGit(context, { "chart/templates/pool.yaml": `{{ if .Values.pools }}\n${nodePool}{{ end }}\n` }),
      [...ofBoth, ...ofBoth],
    );
  });

  test("leaves it incomplete where Flux may fill its values into something that is judged", async (context) => {
    const filled = shoot.replace("spec: {}", "spec: {region: '${region}'}");
    assert.deepEqual(await inGit(context, { "shoot.yaml": filled }), [...ofBoth, ...ofBoth]);
    assert.deepEqual(await inGit(context, { "shoot.yaml": shoot, "release.yaml": release }), [...ofBoth, ...ofBoth]);
  });

  test("counts by all files of a directory, and always where a file was named by itself", () => {
    const side = (value: string, more: readonly string[], isTree: boolean) => {
      const files = [broken(value), ...more].map((text, at) => file(`${at}.yaml`, text));
      return { label: value, files, diagnostics: [], texts: isTree ? () => textsIn(files) : undefined };
    };
    const of = (more: readonly string[], isTree: boolean) =>
      said({ base: side("1", more, isTree), head: side("2", more, isTree) });
    assert.deepEqual(of([shoot], true), [...warned, ...warned]);
    assert.deepEqual(of([nodePool], true), ["error unreadable!", "error unreadable!"]);
    assert.deepEqual(of([], false), ["error unreadable!", "error unreadable!"]);
  });
});
