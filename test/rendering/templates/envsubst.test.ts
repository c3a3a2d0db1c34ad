import assert from "node:assert/strict";
import { test } from "node:test";
import { envsubst, SubstitutionError } from "../../../src/rendering/templates/envsubst.ts";

const known: Readonly<Record<string, string>> = {
  NAME: "one",
  EMPTY: "",
  PATH_: "/a/b/a",
  BACK: "-2",
  FAR: "-9",
  UMLAUT: "öx",
};
const valueOf = (name: string): string | null | undefined =>
  name.startsWith("SECRET") ? undefined : (known[name] ?? null);
const filled = (text: string): string => envsubst(text, valueOf);

test("values are filled in as Flux does it", () => {
  for (const [text, expected] of [
    ["a ${NAME} b $NAME $ {NAME}", "a one b $NAME $ {NAME}"],
    ["$${NAME} $$$ $$${NAME}", "${NAME} $$ $one"],
    ["${NAME:=x}${EMPTY:=x}${OTHER:-y}${OTHER=z}", "onexyz"],
    // Bash means something else by these.
    ["${NAME:+x}${OTHER:?y}", "oney"],
    ["${OTHER:=${NAME}-${EMPTY:=z}}", "one-z"],
    ["${OTHER:=}", ""],
    ["${#NAME}${#UMLAUT}", "33"],
    ["${NAME^^}${NAME^}${NAME,,}${NAME,}", "ONEOneoneone"],
    ["${NAME:1}${NAME:0:2}${NAME:-1:1}${NAME:9}", "neonone"],
    ["${NAME:${BACK}}${NAME:${FAR}}${NAME:${BACK}:1}", "neonen"],
    ["${PATH_/a/x}${PATH_//a/x}${PATH_/#\\/a/x}${PATH_/%a/x}", "/x/b/a/x/b/xx/b/a/a/b/x"],
    ["${NAME#o}${NAME##o}${NAME%e}${NAME%%e}${NAME#x}", "neneononone"],
  ] as const)
    assert.equal(filled(text), expected, text);
});

test("what names a value that is not known stays as it stands", () => {
  for (const text of [
    "${SECRET}",
    "${SECRET:=x}",
    "${SECRET^^}",
    "${SECRET:0:1}",
    "${SECRET/a/b}",
    "${#SECRET}",
    "${SECRET%a}",
  ])
    assert.equal(filled(["a:", text, "${NAME}"].join(" ")), `a: ${text} one`, text);
  assert.equal(filled("${OTHER:=${SECRET}}"), "${SECRET}");
});

test("what Flux refuses is refused", () => {
  for (const text of [
    "${}",
    "${NAME",
    "${NAME-x}",
    "${NAME }",
    "${{ values.name }}",
    "${NAME/a}",
    "${NAME:}",
    "${-x}",
    "${#}",
    "${OTHER:-",
    "${NAME/a",
  ])
    assert.throws(() => filled(text), /cannot be substituted/, text);
  assert.throws(() => filled("${OTHER}"), /the repository does not tell the value of the variable "OTHER"/);
  assert.throws(() => filled("${OTHER^^}"), SubstitutionError);
  assert.throws(() => filled("${NAME#*a}"), /which is not supported/);
  assert.throws(() => filled("${NAME:2:-1}"), /it takes a substring that ends before it begins/);
  const long = "a".repeat(100_000);
  assert.throws(() => envsubst(`\${LONG//a/${long}}`, () => long), /it substitutes more text/);
  assert.throws(() => envsubst("${LONG}".repeat(1000), () => long), /it substitutes more text/);
  assert.throws(() => filled("${OTHER:=".repeat(100)), /nests too many variables/);
});
