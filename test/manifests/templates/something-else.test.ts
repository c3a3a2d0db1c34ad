import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze } from "../../../src/index.ts";
import { nodePool } from "../../rendering/shoots.ts";
import { sideOf } from "../../side.ts";

/** What is said when a template changes beside a pool, which may name what it makes. */
const told = (template: string): string => {
  const side = (size: string) =>
    sideOf({
      "pool.yaml": nodePool("c", "a"),
      "config.yaml.j2": `apiVersion: v1\n${template}{% if size %}\nsize: ${size}\n{% endif %}\n`,
    });
  const { verdict, complete, diagnostics } = analyze(side("1"), side("2"));
  return `${verdict} ${complete} ${diagnostics.map(({ code }) => code).join()}`;
};

describe("a template that is no YAML before it is filled in", () => {
  const others: Record<string, string> = {
    "an object of no kind": "metadata: {name: a}\nbaseDomain: {{ domain }}\n",
    "an object of another kind": "kind: Service\nmetadata: {name: {{ name }}}\n",
    "branches of one key": "kind: Service\n{% if a %}\nspec: {a: 1}\n{% else %}\nspec: {a: 2}\n{% endif %}\n",
    "a Secret of which nothing is read":
      "kind: Secret\nmetadata:\n  name: {{ name }}\nstringData:\n  TOKEN: {{ token }}\n{% if a %}\n  URL: {{ url }}\n{% endif %}\n",
    "a ConfigMap of which nothing is read": "kind: ConfigMap\nmetadata: {name: a}\ndata:\n  motd: {{ text }}\n",
  };
  for (const [what, template] of Object.entries(others))
    it(`is passed over for ${what}`, () => assert.equal(told(template), "none true "));

  const reported: Record<string, string> = {
    "a Secret with what pools read": "kind: Secret\nmetadata: {name: a}\nstringData:\n  id_rsa.pub: {{ key }}\n",
    "a ConfigMap with what pools read": "kind: ConfigMap\nmetadata: {name: a}\ndata:\n  config: {{ text }}\n",
    "a ConfigMap with all that it is given": "kind: ConfigMap\nmetadata: {name: a}\ndata:\n  {{ values }}\n",
    "a ConfigMap with two texts": "kind: ConfigMap\ndata:\n  config: {{ a }}\n{% if b %}\ndata:\n  b: c\n{% endif %}\n",
    "keys that are filled in": "kind: ConfigMap\n{{ more }}\ndata:\n  a: {{ a }}\n",
    "branches of two kinds": "kind: Service\n{% if a %}\nkind: ConfigMap\n{% endif %}\nb: {{ c }}\n",
  };
  for (const [what, template] of Object.entries(reported))
    it(`is reported for ${what}`, () => assert.match(told(template), /^none false template/));
});
