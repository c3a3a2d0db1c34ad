// Runs the tests: all of test/**/*.test.ts, or the files named on the command line. Ends in `N passed, N failed`.
// Started with --import tsx: the runner hands its own flags to every test file.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";

const root = join(import.meta.dirname, "..");
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".test.ts"))
        .toSorted()
        .map((file) => relative(process.cwd(), join(root, "test", file)));

// Where the first test that needs the bundles puts them, for all (test/built-program.ts).
const bundles = mkdtempSync(join(tmpdir(), "will-it-roll-bundles-"));
process.env.WILL_IT_ROLL_BUNDLES = bundles;
process.on("exit", () => rmSync(bundles, { recursive: true, force: true }));

const tally = { passed: 0, failed: 0, skipped: 0 };
const count = (kind) => (event) => {
  if (event.details?.type === "suite" || event.nesting === undefined) return;
  if (kind === "passed" && event.skip !== undefined && event.skip !== false) tally.skipped += 1;
  else tally[kind] += 1;
};
const stream = run({ files: files.map((file) => join(process.cwd(), file)), concurrency: true });
stream.on("test:pass", count("passed"));
stream.on("test:fail", count("failed"));
stream.compose(new spec()).pipe(process.stdout);
stream.on("end", () => {
  process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
  setImmediate(() =>
    console.log(
      `${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ""}`,
    ),
  );
});
