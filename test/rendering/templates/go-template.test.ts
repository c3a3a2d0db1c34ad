import assert from "node:assert/strict";
import { test } from "node:test";
import { goTemplate } from "../../../src/rendering/templates/go-template.ts";
import { Undecidable } from "../../../src/rendering/templates/undecidable.ts";

const parameters = {
  name: "one",
  empty: "",
  size: 3,
  isOn: true,
  list: ["a", "b"],
  labels: { "x/y": "1", a: "2" },
  path: { basename: "Eu_West", segments: ["clusters", "eu"] },
};
const made = (text: string, ...options: readonly string[]): string => goTemplate(text, parameters, options);

test("fields, positions and variables are filled in", () => {
  for (const [text, expected] of [
    ["{{.name}}-{{ .path.basename }}", "one-Eu_West"],
    ["{{ index .path.segments 1 }}", "eu"],
    ['{{ index .labels "x/y" }}', "1"],
    ["{{ $x := .name }}{{ $x }}{{ $x = .size }}{{ $x }}", "one3"],
    ["{{ $.path.basename }}", "Eu_West"],
    ["{{ .size }} {{ .isOn }}", "3 true"],
    ["a {{- /* nothing */ -}} b", "ab"],
    ["a  {{- .name -}}  b", "aoneb"],
    ["{{ `{{raw}}` }}", "{{raw}}"],
    ["no template", "no template"],
  ] as const)
    assert.equal(made(text), expected, text);
});

test("conditions and loops do what they do in Go", () => {
  for (const [text, expected] of [
    ["{{ if .name }}a{{ else }}b{{ end }}", "a"],
    ["{{ if .empty }}a{{ else if .size }}c{{ else }}b{{ end }}", "c"],
    ["{{ if .other }}a{{ end }}", ""],
    ["{{ if and .name (not .empty) }}a{{ end }}", "a"],
    ['{{ if or .other (eq .name "x" "one") }}a{{ end }}', "a"],
    ["{{ with .path }}{{ .basename }}{{ $.name }}{{ end }}", "Eu_Westone"],
    ['{{ .name | or }}{{ .empty | or "x" }}{{ .name | and .empty }}', "onex"],
    ["{{ range .list }}<{{ . }}>{{ end }}", "<a><b>"],
    ["{{ range $at, $one := .list }}{{ $at }}{{ $one }}{{ end }}", "0a1b"],
    ["{{ range $key, $value := .labels }}{{ $key }}={{ $value }};{{ end }}", "a=2;x/y=1;"],
    ["{{ range .other }}a{{ else }}none{{ end }}", "none"],
    ["{{ $x := 1 }}{{ range .list }}{{ $x := . }}{{ end }}{{ $x }}", "1"],
  ] as const)
    assert.equal(made(text), expected, text);
});

test("functions give what those of sprig and of Argo CD give", () => {
  for (const [text, expected] of [
    ['{{ default "x" .other }}{{ .name | default "x" }}', "xone"],
    ['{{ coalesce .other .empty "y" }}', "y"],
    ["{{ .name | upper | lower }}", "one"],
    ["{{ .path.basename | normalize }}", "eu-west"],
    ['{{ replace "_" "-" .path.basename }}', "Eu-West"],
    ['{{ trimPrefix "o" .name }}{{ trimSuffix "e" .name }}{{ trim " a " }}', "neona"],
    ["{{ trunc 2 .name }}{{ trunc -2 .name }}", "onne"],
    ['{{ printf "%s-%v%%" .name .size }}', "one-3%"],
    ["{{ .name | quote }}{{ .size | squote }}", `"one"'3'`],
    ['{{ ternary "a" "b" .isOn }}', "a"],
    ['{{ join "," .list }}{{ len .list }}{{ first .list }}{{ last .list }}', "a,b2ab"],
    ['{{ (splitList "_" .path.basename) | last }}{{ (split "_" .path.basename)._0 }}', "WestEu"],
    ['{{ dig "path" "basename" "none" . }}{{ dig "path" "other" "none" . }}', "Eu_Westnone"],
    ['{{ get .labels "a" }}{{ get .labels "b" }}{{ hasKey .labels "a" }}', "2true"],
    ['{{ hasPrefix "o" .name }}{{ hasSuffix "o" .name }}{{ contains "n" .name }}', "truefalsetrue"],
    ["{{ len .name }}{{ len .labels }}", "32"],
    ['{{ ternary "a" "b" (not .isOn) }}{{ trimPrefix "x" .name }}{{ trimSuffix "x" .name }}', "boneone"],
    ['{{ ne .name "one" }}{{ empty .empty }}{{ toString .size }}', "falsetrue3"],
    ['{{ dict "a" .size "b" .list | toYaml | nindent 2 }}', `\n  "a": 3\n  "b": ["a","b"]`],
    ['{{ list 1 "a" | toYaml | indent 1 }}', ` - 1\n - "a"`],
    ["{{ toYaml .name }} {{ toYaml .isOn }} {{ toYaml `yes` }}", 'one true "yes"'],
    ['{{ dict "b" 1 "a" "<" "10" 2 "9" 3 | toJson }}', String.raw`{"10":2,"9":3,"a":"\u003c","b":1}`],
    ["{{ quote .name .other .size }}{{ squote }}", '"one" "3"'],
    ['{{ default "x" }}{{ eq .name "two" "one" }}', "xtrue"],
    ["{{ upper `straße` }}{{ lower `ΟΔΟΣ` }}", "STRAßEοδοσ"],
    ['{{/* it is "open */}}{{ .name }}{{- /* "}} */ -}} b', "oneb"],
  ] as const)
    assert.equal(made(text), expected, text);
});

test("what is not followed, or has no single value, is refused", () => {
  for (const [text, because] of [
    ["{{ .other }}", /uses "\.other", which its parameters do not give/],
    ["{{ .list }}", /which is not a single value/],
    ["{{ .name.more }}", /uses "\.more"/],
    ["{{ .other.more }}", /uses "\.more"/],
    ["{{ index .list 7 }}", /index a position outside of its list/],
    ["{{ genPassword }}", /the function "genPassword"/],
    ["{{ constructor }}", /the function "constructor"/],
    ['{{ define "a" }}{{ end }}', /not supported/],
    ["{{ if .name }}", /is never closed/],
    ["{{ if .name }}a{{ else }}b", /is never closed/],
    ["{{ if .name }}a{{ else }}b{{ else }}c{{ end }}", /"else"/],
    ["{{ .name", /is never closed/],
    ["{{ end }}", /not supported/],
    ["{{ eq .size 3 }}", /a comparison something other than two texts/],
    ["{{ lower .size }}", /a function something other than a text/],
    ["{{ .name .size }}", /calls something that is not a function/],
    ["{{ $y }}", /the variable "\$y"/],
    ['{{ printf "%q" .name }}', /a verb that is not supported/],
    ['{{ printf "%d" .size }}', /a verb that is not supported, "%d"/],
    ['{{ printf "%s" .size }}', /printf a value of another type than its verb/],
    ['{{ printf "a" .name }}', /printf more values than it prints/],
    ["{{ first .name }}", /a function something other than a list/],
    ['{{ get .list "a" }}', /a function something other than a mapping/],
    ['{{ index .list "a" }}', /a function something other than a whole number/],
    ['{{ join "," (list .labels) }}', /a list or mapping where a single value is needed/],
    ["{{ indent -1 .name }}", /indent a negative width/],
    ['{{ replace "" "x" .name }}', /replace an empty text to look for/],
    ['{{ ternary "a" "b" .name }}', /ternary a condition that is not a boolean/],
    ["{{ trunc 1 `öx` }}", /trunc characters that are not supported/],
    ["{{ quote `ö` }}", /quote characters that are not supported/],
    ["{{ $y = 1 }}", /sets the variable "\$y", which it does not declare/],
    ["{{ 1e3 }}", /not supported/],
    [`{{ "\\x41" }}`, /not supported/],
    ["{{ (.name }}", /not supported/],
    ["{{ | lower }}", /not supported/],
    ["{{ lower }}", /too few values, or too many/],
    ["{{ lower .name .name }}", /too few values, or too many/],
    ["{{ eq .name }}", /too few values, or too many/],
    ["{{ or }}", /without arguments/],
    ["{{ range false }}a{{ end }}", /ranges over something that is not a list/],
    ["{{ /* a */}}", /not supported/],
    ["{{/* a */ }}", /a comment that is never closed/],
    ["{{/* a }}", /a comment that is never closed/],
  ] as const)
    assert.throws(
      () => made(text),
      (error) => error instanceof Undecidable && because.test(error.message),
      text,
    );
  assert.equal(made("{{ if .other }}a{{ end }}"), "");
  assert.throws(() => made("{{ if .other }}a{{ end }}", "missingkey=error"), Undecidable);
});

test("a template ends however much it would make", () => {
  const loop = "{{ range $.list }}".repeat(40) + "x" + "{{ end }}".repeat(40);
  assert.throws(() => made(loop), /more text than is supported/);
  const grown = `{{ $x := "aaaaaaaaaa" }}${'{{ $x = replace "a" "aaaaaaaaaa" $x }}'.repeat(20)}`;
  assert.throws(() => made(grown), /more text than is supported/);
  assert.throws(() => made("{{ indent 99999999 .name }}"), /more text than is supported/);
  assert.throws(() => made("{{ if .name }}".repeat(5000)), /nested too deeply/);
});
