import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readArguments } from "../../src/cli/arguments.ts";
import { UsageError } from "../../src/cli/errors.ts";
import { formatNames } from "../../src/cli/format-names.ts";
import { helpText } from "../../src/cli/help.ts";
import { commands, type OptionRow, options } from "../../src/cli/options.ts";

const refused = (...argv: string[]): string => {
  try {
    readArguments(argv);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return assert.fail(`${argv.join(" ")} was taken`);
};

describe("the command line", () => {
  it("takes options anywhere, and -- ends them", () => {
    const given = readArguments(["a.yaml", "--strict", "--format", "json", "--format=markdown=x.md", "--", "--b.yaml"]);
    assert.deepEqual(given, {
      command: undefined,
      operands: ["a.yaml", "--b.yaml"],
      values: { strict: true, format: ["json", "markdown=x.md"] },
    });
  });

  it("knows a command only as the first operand", () => {
    assert.equal(readArguments(["--config", "x.yaml", "rules", "list"]).command, "rules");
    assert.deepEqual(readArguments(["a", "rules"]).operands, ["a", "rules"]);
    assert.equal(readArguments(["./rules", "b"]).command, undefined);
    assert.equal(readArguments(["--", "rules"]).command, undefined);
  });

  it("takes - as an operand", () => {
    assert.deepEqual(readArguments(["-", "head.yaml"]).operands, ["-", "head.yaml"]);
  });

  it("names the nearest option to a mistyped one", () => {
    assert.match(refused("--stict"), /unknown option --stict \(did you mean "--strict"\?\)/);
    assert.match(refused("--failon", "replace"), /"--fail-on"/);
    assert.doesNotMatch(refused("--frobnicate"), /did you mean/);
  });

  it("says what a value is missing, unwanted or twice", () => {
    assert.match(refused("--fail-on"), /--fail-on needs a value: --fail-on EFFECT/);
    assert.match(refused("--config", "--strict"), /--config needs a value/);
    assert.match(refused("--strict=yes"), /takes no value/);
    assert.match(refused("--config", "a", "--config", "b"), /given twice/);
  });

  it("refuses an operand that is empty, as a variable of a script is that nobody has set", () => {
    for (const operands of [[""], ["", "HEAD"], ["HEAD", ""], ["explain", "", "a", "b"], ["merge", "a.json", ""]])
      assert.match(refused(...operands), /an operand is empty, as a variable is that nobody has set; see/);
  });

  it("refuses an option that would not be heeded", () => {
    assert.match(
      refused("explain", "a", "--fail-on", "replace"),
      /--fail-on does not go with explain: it is for a comparison and merge; see/,
    );
    assert.match(
      refused("--from", "report.json", "a.yaml", "b.yaml"),
      /--from does not go with a comparison: it is for comment/,
    );
    assert.match(refused("schema", "--format", "json"), /--format does not go with schema/);
    assert.equal(readArguments(["schema", "--strict", "--help"]).values.help, true);
  });

  it("knows how other tools call an option", () => {
    assert.match(refused("-o", "json", "a", "b"), /unknown option -o: here it is --format; see will-it-roll --help/);
    assert.match(refused("--no-color", "a", "b"), /unknown option --no-color: here it is --color never;/);
    assert.match(refused("--base", "main"), /unknown option --base: here it is BASE and HEAD, without an option;/);
  });

  it("takes help and version for the options, unless they are paths", () => {
    assert.equal(readArguments(["help"]).values.help, true);
    assert.equal(readArguments(["help", "explain"]).values.help, true);
    assert.equal(readArguments(["help", "explain"]).command, "explain");
    assert.match(refused("help", "explian"), /no command is called "explian" \(did you mean "explain"\?\); see/);
    assert.equal(readArguments(["version"]).values.version, true);
    assert.deepEqual(readArguments(["./help", "version"]).values, {});
    assert.deepEqual(readArguments(["--", "help", "b.yaml"]).values, {});
  });
});

describe("--help", () => {
  const text = helpText(formatNames);
  it("fits one screen", () => {
    const lines = text.trimEnd().split("\n");
    assert.ok(lines.length <= 32, `${lines.length} lines`);
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
  });

  it("of a command names what goes with it, and fits too", () => {
    const rows: readonly OptionRow[] = options;
    for (const { name, usage } of commands) {
      const lines = helpText(formatNames, name).trimEnd().split("\n");
      assert.equal(lines[0], `will-it-roll ${usage} [options]`);
      assert.ok(lines.length <= 24 && lines.every((line) => line.length <= 80), name);
      assert.deepEqual(
        lines.flatMap((line) => /^ {2}(?:-\w,| {3}) --([\w-]+)/.exec(line)?.[1] ?? []),
        rows.filter(({ of }) => of === undefined || of.includes(name)).map((row) => row.name),
      );
    }
    assert.match(helpText(formatNames, "explain"), /--format NAME +text or json$/m);
    assert.match(helpText(formatNames, "merge"), /--format NAME\[=FILE\] +text, json, markdown; repeatable$/m);
  });

  it("names every option and every command", () => {
    for (const { name } of options) assert.ok(text.includes(`--${name}`), name);
    for (const { usage } of commands) assert.ok(text.includes(usage), usage);
  });
});
