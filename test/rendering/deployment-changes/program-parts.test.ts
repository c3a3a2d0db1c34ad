import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { codesOf, reportOf } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

type Files = Readonly<Record<string, string>>;

/** Which changed files are said to be parts of programs, and what makes manifests with them. */
async function said(context: TestContext, files: Files, edit: Files): Promise<string[]> {
  const report = await reportOf(context, files, edit);
  assert.equal(report.complete, report.diagnostics.length === 0);
  assert.ok(codesOf(report).every((code) => code === "unrendered"));
  return report.diagnostics.map(
    ({ file, message }) => `${file ?? ""} by ${/"([^"]*)" makes/.exec(message)?.[1] ?? ""}`,
  );
}

const terraform: Files = {
  "shoots/main.tf":
    'resource "kubernetes_manifest" "a" {\n  manifest = { apiVersion = "core.gardener.cloud/v1beta1", kind = "Shoot", type = var.type }\n}\n',
  "shoots/variables.tf": 'variable "type" { default = "small" }\n',
  "envs/prod/main.tf": 'module "a" {\n  source = "../../shoots"\n  type = "small"\n}\n',
  "envs/dev.tfvars": 'type = "small"\n',
  "network/main.tf": 'module "a" { source = "../vpc" }\n',
  "vpc/main.tf": 'resource "vpc" "a" {}\n',
  "vpc/prod.tfvars": 'cidr = "10.0.0.0/8"\n',
};

test("a part of a program that makes Shoots in another file", async (context) => {
  for (const [file, from, to] of [
    ["shoots/variables.tf", "small", "large"],
    ["envs/prod/main.tf", "small", "large"],
    ["envs/dev.tfvars", "small", "large"],
  ] as const) {
    const edit = { [file]: (terraform[file] ?? "").replace(from, to) };
    assert.deepEqual(await said(context, terraform, edit), [`${file} by shoots/main.tf`]);
  }
  for (const file of ["vpc/main.tf", "network/main.tf", "vpc/prod.tfvars"])
    assert.deepEqual(await said(context, terraform, { [file]: `${terraform[file] ?? ""}# more\n` }), [], file);
});

test("so is a library, and what uses one", async (context) => {
  const files = {
    "main.jsonnet": "local lib = import 'lib/shoot.libsonnet';\n[lib.shoot { type: 'small' }]\n",
    "lib/shoot.libsonnet": "{ shoot: { kind: 'Shoot', type: import 'types.libsonnet' } }\n",
    "lib/types.libsonnet": "'small'\n",
    "other.jsonnet": "{ a: 1 }\n",
  };
  assert.deepEqual(await said(context, files, { "main.jsonnet": files["main.jsonnet"].replace("small", "large") }), [
    "main.jsonnet by lib/shoot.libsonnet",
  ]);
  assert.deepEqual(await said(context, files, { "lib/types.libsonnet": "'large'\n" }), [
    "lib/types.libsonnet by lib/shoot.libsonnet",
  ]);
  assert.deepEqual(await said(context, files, { "other.jsonnet": "{ a: 2 }\n" }), []);
});

test("so are the variables that a template of Ansible fills in, and no others", async (context) => {
  const files = {
    "roles/a/templates/shoot.yaml.j2": "{% if on %}\nkind: Shoot\nspec: {{ shoot_type | default('a') }}\n{% endif %}\n",
    "group_vars/all.yml": "shoot_type: small\nother: 1\n",
  };
  const edit = (text: string) => ({ "group_vars/all.yml": text });
  assert.deepEqual(await said(context, files, edit("shoot_type: large\nother: 1\n")), [
    "group_vars/all.yml by roles/a/templates/shoot.yaml.j2",
  ]);
  assert.deepEqual(await said(context, files, edit("shoot_type: small\nother: 2\n")), []);
});

test("so is what ytt fills in, which stands in comments", async (context) => {
  const files = {
    "pools/pool.yaml": nodePool("c", "a").replace(/replicas: .*/, "replicas: #@ data.values.size"),
    "pools/values.yaml": "#@data/values\n---\nsize: 1\n",
    "other/values.yaml": "#@data/values\n---\nsize: 1\n",
  };
  assert.match(files["pools/pool.yaml"], /#@ data/);
  assert.deepEqual(await said(context, files, { "pools/values.yaml": "#@data/values\n---\nsize: 2\n" }), [
    "pools/values.yaml by pools/pool.yaml",
  ]);
  assert.deepEqual(await said(context, files, { "other/values.yaml": "#@data/values\n---\nsize: 2\n" }), []);
});

test("among more programs than are looked through, every changed part is said where one makes what is judged", async (context) => {
  const many: Files = Object.fromEntries(Array.from({ length: 5001 }, (_, at) => [`other/f${at}.tf`, "a = 1\n"]));
  const edit = { "other/f7.tf": "a = 2\n" };
  assert.deepEqual(await said(context, { ...terraform, ...many }, edit), ["other/f7.tf by shoots/main.tf"]);
  assert.deepEqual(await said(context, many, edit), []);
});
