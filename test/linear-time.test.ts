import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isNamesake, mayMake } from "../src/manifests/may-matter.ts";
import { startsAsManifest } from "../src/manifests/programs.ts";
import { isUnfilled } from "../src/manifests/templates/template.ts";
import { isNamedIndirectly, isSpelled, writtenNames } from "../src/manifests/written-names.ts";
import { templateOf } from "../src/rendering/templates/go-template-syntax.ts";
import { Undecidable } from "../src/rendering/templates/undecidable.ts";
import { readReport } from "../src/report/read-report.ts";
import { withoutSecrets } from "../src/report/secrecy.ts";
import { celRule } from "../src/rules/cel/evaluate.ts";
import { parseDuration } from "../src/rules/encodings/duration.ts";
import { parseAddress } from "../src/rules/encodings/network.ts";
import { quantityOf } from "../src/rules/encodings/quantity.ts";
import { settingUsers } from "../src/sources/setting-users.ts";
import { textSyntax } from "../src/systems/gardener/api/syntax.ts";
import { wordProblem } from "../src/systems/hypershift/admission/schema-values.ts";
import { bootCommandLine, readProfile } from "../src/systems/hypershift/tuning/tuned-profiles.ts";
import { sourceLinks } from "../src/views/source-link.ts";
import { processorTime } from "./processor-time.ts";

const kinds = new Set(["Shoot"]);
const rows = [{ group: "", kind: "ConfigMap" }];
const configMap = "apiVersion: v1\nkind: ConfigMap\n";
const length = 300_000;
const many = (text: string): string => text.repeat(length / text.length);

/** What a stranger may write, in the place where a pattern of ours could try every way to divide it. */
const texts: Readonly<Record<string, () => unknown>> = {
  "comments with Windows line ends before what is no manifest": () => startsAsManifest(`${many("# comment\r\n")}x`),
  "separators with comments": () => startsAsManifest(`${many("--- # comment\r\n")}x`),
  "kinds that are tags, one behind the other": () => mayMake(many("kind:!"), kinds),
  "kinds behind tags and quotes": () => mayMake(many('!kind:\t"'), kinds),
  "kinds behind anchors": () => isNamesake(`${configMap}${many("!binarykind:&\n")}`, rows),
  "anchors before names": () => writtenNames(many("name: &name")),
  "space behind names, and aliases for keys": () => isNamedIndirectly(`${many("name ")}${many(" ")}${many("*a")}x`),
  "tags that never end": () => isSpelled(`${many("!<")}${many('"')}${many("\\")}x`),
  "names on one line": () => isUnfilled(many("name: a, ")),
  "space before an action that takes it away": () => templateOf(`${many(" ")}x{{- .name }}`),
  "space in the source of a report": () => sourceLinks(`a/b@c p${many("\t")}\n-\n-`),
  "quotes in an action that never ends": () => assert.throws(() => templateOf(`{{ "${many('\\"')}`), Undecidable),
  "digits of a report": () => assert.throws(() => readReport(`[${many("1")}.5]`)),
  "letters with which GitLab's tokens begin": () => withoutSecrets("", [], many("gl")),
  "digits of a duration": () => parseDuration(`${many("9")}.${many("9")}s`),
  "space in a quantity": () => quantityOf(`1${many(" ")}x`),
  "colons and dots of an address": () => parseAddress(`::${many(".")}:`),
  "a long word among settings": () => settingUsers([many("a")], []),
  "the host of an issuer": () => textSyntax["https-url"]?.(`https://${many(":")}#\n`),
  "the port of an issuer": () => textSyntax["https-url"]?.(`https://:${many("a")}:1`),
  "colons of a network": () => wordProblem("format=cidr", `9${many(":")}x`),
  "the path of a URL in a rule of a CRD": () => celRule("isURL(self)")(`a://${many("+")}\t`),
  "hashes of a TuneD profile": () => readProfile(`${many("\t#")}\r#`),
  "space among the profiles that one includes": () =>
    bootCommandLine(new Map([["a", readProfile(`[main]\ninclude=b${many("\t")}c`)]]), "a"),
};

describe("what a stranger wrote takes time in proportion to its length", () => {
  for (const [title, read] of Object.entries(texts))
    it(title, () => {
      const start = processorTime();
      read();
      assert.ok(processorTime() - start < 3);
    });
});
