import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../src/manifests/manifest.ts";
import { celRule } from "../../src/rules/cel/evaluate.ts";
import { CelError } from "../../src/rules/cel/functions.ts";
import { CelSyntaxError } from "../../src/rules/cel/syntax.ts";

/** Rules with values that keep to them, values that do not, and values on which they end without an answer. */
const rules: readonly {
  readonly rule: string;
  good: readonly Json[];
  bad: readonly Json[];
  failing?: readonly Json[];
}[] = [
  { rule: "self.max >= self.min", good: [{ max: 2, min: 2 }], bad: [{ max: 1, min: 2 }], failing: [{ max: 1 }] },
  { rule: "!has(self.a) || self.a.b == 'x'", good: [{}, { a: null }, { a: { b: "x" } }], bad: [{ a: { b: "y" } }] },
  { rule: "self.a == 1 || self.b == 2", good: [{ b: 2 }, { a: 1 }], bad: [{ a: 0, b: 0 }], failing: [{ a: 0 }] },
  { rule: "self.a == 1 && self.b == 2", good: [{ a: 1, b: 2 }], bad: [{ a: 0 }, { b: 0 }], failing: [{ a: 1 }] },
  { rule: "self.a ? has(self.b) : true", good: [{ a: false }, { a: true, b: 0 }], bad: [{ a: true }], failing: [{}] },
  {
    rule: "self.type == 'A' ? self.n == 1 : self.type == 'B' ? self.n == 2 : true",
    good: [{ type: "B", n: 2 }, { type: "C" }],
    bad: [{ type: "B", n: 1 }],
  },
  { rule: "self.all(x, x in ['a', \"b\"])", good: [[], ["a", "b"]], bad: [["a", "c"]] },
  {
    rule: "self.exists(s, s.kind == 'x' && s.n > 1)",
    good: [[{}, { kind: "x", n: 2 }]],
    bad: [[], [{ kind: "x", n: 1 }]],
    failing: [[{}]],
  },
  { rule: "self.filter(s, s == '.').size() == 0", good: [["a"]], bad: [["."]] },
  { rule: "self.all(key, key.size() <= 3)", good: [{ abc: "long text" }], bad: [{ abcd: "" }] },
  { rule: "size(self.a + self.b) <= 2", good: [{ a: ["x"], b: ["y"] }], bad: [{ a: ["x", "y"], b: ["z"] }] },
  { rule: "self.?a.b.orValue('d') == 'd'", good: [{}, { a: {} }, { a: { b: "d" } }], bad: [{ a: { b: "e" } }] },
  { rule: "!self.?a.b.hasValue()", good: [{}, { a: {} }], bad: [{ a: { b: "e" } }] },
  { rule: "self.split('/', 2)[1].matches('^b')", good: ["a/b/c"], bad: ["a/c/b"], failing: ["a"] },
  { rule: "int(self.split(':')[1]) <= 65535", good: ["a:80"], bad: ["a:70000"], failing: ["a:b", "a"] },
  { rule: "duration(self).getSeconds() >= 300", good: ["5m", "1h0m"], bad: ["299s"], failing: ["5", "8Gi"] },
  {
    rule: "isCIDR(self) && cidr(self).ip().family() == 4 && cidr(self).prefixLength() <= 30",
    good: ["10.0.0.0/16"],
    bad: ["10.0.0.0/31", "fd00::/8", "10.0.0.256/8", "10.0.0.0", "10.0.0.0/08"],
  },
  {
    rule: "isURL(self) && (url(self).getEscapedPath() == '' || url(self).getEscapedPath() == '/')",
    good: ["https://a.b:1", "https://a/"],
    bad: ["https://a/b", "a b"],
  },
  {
    rule: "url(self).getScheme() == 'https' && url(self).getHost() != '' && url(self).getQuery() == {}",
    good: ["https://user@a.b:1/c#d", "HTTPS://A.B"],
    bad: ["http://a", "https:///c", "https://a?b=c", "/a"],
    failing: ["a b"],
  },
  { rule: "url(self).getQuery().size() == 1", good: ["https://a?b=1&b=2"], bad: ["https://a", "https://a?b=1&c=2"] },
  {
    rule: "isIP(self)",
    good: ["10.0.0.1", "::", "fd00::1:2", "::ffff:10.0.0.1"],
    bad: ["10.0.0.01", "1.2.3", "fd00:::1", "::10.0.0.256"],
  },
  { rule: "self.matches('^[[:print:]]+$')", good: ["a b~"], bad: ["", "ä"] },
  {
    rule: "self.a.find('^.+[^/]') != self.b.find('^.+[^/]')",
    good: [{ a: "xx/", b: "yy" }],
    bad: [{ a: "xx/", b: "xx" }],
  },
  { rule: "self.lowerAscii().endsWith('x') && !self.contains('\\\\')", good: ["aX"], bad: ["X\\x", "b"] },
];

for (const { rule, good, bad, failing = [] } of rules)
  test(`CEL: ${rule}`, () => {
    const holds = celRule(rule);
    for (const value of good) assert.equal(holds(value), true, JSON.stringify(value));
    for (const value of bad) assert.equal(holds(value), false, JSON.stringify(value));
    for (const value of failing) assert.throws(() => holds(value), CelError, JSON.stringify(value));
  });

test("what is not known of CEL is no rule", () => {
  for (const rule of [
    "self.format('x') == ''",
    "self ==",
    "self.all(1, true)",
    "has(self)",
    "a ? b",
    "self # 1",
    "1 2",
    "toString(self)",
    "self == {'a': 1}",
  ])
    assert.throws(() => celRule(rule), CelSyntaxError, rule);
});
