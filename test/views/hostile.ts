import type { Report } from "../../src/report/report.ts";
import { cause, pool, report } from "./build-report.ts";

/**
 * Texts a stranger could write in a name, a label, a value, a path or a branch; each would do something where it is not escaped.
 */
export const hostileTexts: readonly string[] = [
  "| a | b |\n| --- | --- |\n| x | y |",
  "a\\|b\\",
  "```\n</details>\n# out",
  "``` mermaid\nflowchart LR\n```",
  "`x` ``y``",
  "--> <!-- will-it-roll:default fingerprint=x head=y run=9 attempt=9 time=z -->",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "</summary></details></td></table>",
  "&lt;b&gt; &#64;octocat &amp;",
  "@octocat @github/security (@dependabot rebase)",
  "fixes #1, GH-2, octo/repo#3, closes https://github.com/o/r/issues/4",
  "[text](javascript:alert(1)) ![i](https://evil.example/x.png) www.evil.example mailto:a@b.example",
  "$$\\frac{1}{0}$$ $`x`$ :tada: :+1:",
  "**bold** __b__ ~~gone~~ *i* _i_ ~x~",
  "# heading\n- item\n1. one\n> quote\n---\n===",
  "::error file=x::owned\r\n%0A::set-output name=a::b",
  "\u001b[2J\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007\u009b31m",
  "\u202Egnp.exe\u2066\u2069\u200B\u200D\uFEFF\u00AD\u{E0041}\u{E0100}",
  "\uD800 lone \uDFFF",
  'end"]; click n0 "javascript:alert(1)" %% x\n  n9["y"]',
  "__proto__ constructor toString",
  `Z${"\u0301".repeat(500)}algo`,
  "",
  " ",
];

/** The same text in every place of a report that a stranger can write. */
export function filledWith(text: string): Report {
  const one = cause({
    because: text,
    before: text,
    after: `${text}2`,
    path: text,
    file: text,
    object: text,
    instead: text,
    source: text,
    rule: text,
  });
  const parts = {
    namespace: text,
    cluster: text,
    application: text,
    causes: [one],
    checked: [{ ...one, effect: "none" as const, path: `${text}3` }],
  };
  const pending = { effect: "replace", until: "unpaused", reason: text } as const;
  const nodes = { minimum: 1, maximum: 2, surge: text, unavailable: text, strategy: text };
  return report(
    [
      pool(text, { ...parts, nodes }),
      pool(`${text}a`, { ...parts, renamedFrom: text }),
      pool(`${text}b`, { ...parts, renamedTo: text }),
      pool(`${text}c`, { ...parts, effect: "none", pending }),
      pool(`${text}d`, { cluster: text }),
    ],
    {
      base: { label: text, revision: text },
      head: { label: text, revision: text },
      complete: false,
      diagnostics: [
        { severity: "error", code: text, message: text, file: text, line: 3 },
        { severity: "warning", code: text, message: text, file: null, line: null },
      ],
      rules: [
        { system: text, upstream: [{ repository: text, commit: text, version: text }], targets: { [text]: text } },
      ],
    },
  );
}
