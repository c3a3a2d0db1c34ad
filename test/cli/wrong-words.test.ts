import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, it, test } from "node:test";
import { wantsColor } from "../../src/cli/color.ts";
import { plainText } from "../../src/cli/plain-text.ts";
import { longestReport } from "../../src/cli/report-file.ts";
import { willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot } from "./example-shoot.ts";

/** What is wrong, and the exit code and words that say so. */
const wrong: readonly (readonly [args: readonly string[], code: number, said: RegExp])[] = [
  [
    ["--color", "sometimes", "a.yaml", "a.yaml"],
    2,
    /--color: no choice is called "sometimes": one of auto, always, never/,
  ],
  [["--color", "alwyas", "a.yaml", "a.yaml"], 2, /--color: no choice is called "alwyas" \(did you mean "always"\?\)/],
  [["--format", "jsno", "a.yaml", "a.yaml"], 2, /--format: no format is called "jsno" \(did you mean "json"\?\): one/],
  [["--format", "json=", "a.yaml", "a.yaml"], 2, /--format json=: the name of a file is missing behind =/],
  [["--format=", "a.yaml", "a.yaml"], 2, /--format needs a value: --format NAME\[=FILE\]/],
  [["--shard", "0/8", "a.yaml", "a.yaml"], 2, /--shard 0\/8: write NUMBER\/COUNT, for example 2\/8/],
  [["--shard", "9/8", "a.yaml", "a.yaml"], 2, /--shard 9\/8: write NUMBER\/COUNT/],
  [["-", "-"], 2, /- stands for standard input, which can be one of the two sides only/],
  [["comment"], 2, /comment which report\? will-it-roll comment --from FILE/],
  [["comment", "--from", "r.json", "x"], 2, /comment which report\? will-it-roll comment --from FILE/],
  [["explain"], 2, /explain which pool\? will-it-roll explain POOL BASE HEAD/],
  [
    ["explain", "p", "a.yaml", "a.yaml", "--format", "markdown"],
    2,
    /explain prints one of: --format text, --format json/,
  ],
  [["explain", "p", "a.yaml", "a.yaml", "--format", "json=x"], 2, /explain prints one of/],
  [["explain", "p", "a.yaml", "a.yaml", "-f", "text=-", "-f", "json=x"], 2, /explain prints one of/],
  [["rules", "show"], 2, /show which rule\? will-it-roll rules show ID/],
  [["rules", "show", "one", "two"], 2, /show which rule\?/],
  [["rules", "show", "machine-tpye"], 2, /no rule is called machine-tpye \(did you mean "machine-type"\?\); see/],
  [["rules", "check"], 2, /check which file\? will-it-roll rules check FILE/],
  [["rules", "check", "gone.yaml"], 3, /cannot read gone\.yaml: it does not exist\. Check the path\n/],
  [
    ["schema", "reprot"],
    2,
    /no schema is called "reprot" \(did you mean "report"\?\): one of report, configuration, rules/,
  ],
  [["schema", "report", "rules"], 2, /schema prints one at a time: one of report, configuration, rules/],
  [["merge"], 2, /merge which reports\? will-it-roll merge REPORT\.json/],
  [["merge", "huge.json"], 3, /cannot read the report huge\.json: it has more than 268435456 bytes/],
  [["merge", "empty.json"], 3, /cannot read the report empty\.json: .*\. Make it with --format json/],
];

describe("wrong words", () => {
  for (const [args, code, said] of wrong)
    it(`${args.join(" ")} ends with ${code} and says why`, async (context) => {
      const cwd = folderWith(context, { "a.yaml": baseShoot, "huge.json": "", "empty.json": "" });
      truncateSync(join(cwd, "huge.json"), longestReport + 1);
      const run = await willItRoll(args, { cwd });
      assert.deepEqual([run.code, run.stdout], [code, ""]);
      assert.match(run.stderr, said);
      assert.match(run.stderr, /^will-it-roll: [^\n]*\n$/);
    });

  it("--help and --version are none, whatever stands beside them", async () => {
    const [help, version] = [await willItRoll(["--help", "a", "b", "c"]), await willItRoll(["-V", "--strict"])];
    assert.match(help.stdout, /^will-it-roll \[options\] \[BASE \[HEAD\]\]\n/);
    assert.match(version.stdout, /^will-it-roll \d+\.\d+\.\d+\n$/);
    assert.deepEqual([help.code, version.code, help.stderr + version.stderr], [0, 0, ""]);
  });
});

describe("colour", () => {
  for (const [wanted, environment, isTerminal, expected] of [
    [undefined, {}, true, true],
    [undefined, {}, false, false],
    ["auto", {}, true, true],
    ["auto", {}, false, false],
    ["always", { NO_COLOR: "1" }, false, true],
    ["never", { FORCE_COLOR: "1" }, true, false],
    [undefined, { NO_COLOR: "1" }, true, false],
    [undefined, { NO_COLOR: "" }, true, true],
    [undefined, { FORCE_COLOR: "" }, false, true],
    [undefined, { FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    [undefined, { FORCE_COLOR: "0" }, true, false],
    [undefined, { FORCE_COLOR: "false" }, true, false],
    [undefined, { TERM: "dumb" }, true, false],
    [undefined, { TERM: "xterm" }, true, true],
  ] as const)
    it(`is ${expected ? "on" : "off"} with ${JSON.stringify({ wanted, ...environment, isTerminal })}`, () => {
      assert.equal(wantsColor({ wanted, environment, isTerminal }), expected);
    });
});

test("what could steer a terminal is shown, and line breaks and tabs stay", () => {
  assert.equal(
    plainText("a\tb\nc \u001b[31m\u009b\u202e\u2066\r\u007f é€😀"),
    "a\tb\nc \\u{1b}[31m\\u{9b}\\u{202e}\\u{2066}\\u{d}\\u{7f} é€😀",
  );
  assert.equal(plainText("\ud800"), "\\u{d800}");
});
