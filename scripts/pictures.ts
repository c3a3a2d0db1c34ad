// Makes docs/images/: the terminal view of examples/fleet as SVG, and the comment on it as PNG.
// The PNG needs Chromium; what renders Markdown is installed into a temporary folder and is no dependency of the project.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Report } from "../src/report/report.ts";
import { renderComment } from "../src/views/comment.ts";
import { renderText } from "../src/views/text.ts";
import { ansiToSvg } from "./pictures/ansi-to-svg.ts";
import { commentPage } from "./pictures/comment-page.ts";

const root = join(import.meta.dirname, "..");
const images = join(root, "docs/images");
const { values } = parseArgs({
  options: {
    cli: { type: "string", default: "dist/cli.js" },
    chromium: { type: "string", default: "chromium" },
    "only-svg": { type: "boolean", default: false },
  },
});

const operands = ["examples/fleet/base", "examples/fleet/head"];
const json = execFileSync(process.execPath, [values.cli, ...operands, "--format", "json"], {
  cwd: root,
  encoding: "utf8",
});
const report = JSON.parse(json) as Report;
mkdirSync(images, { recursive: true });

const command = `$ will-it-roll ${operands.join(" ")}\n`;
const text = renderText(report, { color: true, width: 110 });
writeFileSync(join(images, "terminal.svg"), ansiToSvg(command + text, { columns: 112, lines: 30 }));

if (!values["only-svg"]) {
  const folder = mkdtempSync(join(tmpdir(), "will-it-roll-pictures-"));
  try {
    const packages = ["marked@18.2.1", "marked-alert@2.1.2", "github-markdown-css@5.9.0", "mermaid@11.17.2"];
    execFileSync("npm", ["install", "--no-save", "--ignore-scripts", "--prefix", folder, ...packages], {
      stdio: "ignore",
    });
    const page = join(folder, "comment.html");
    writeFileSync(page, await commentPage(renderComment(report, { key: "default" }), folder));
    execFileSync(values.chromium, [
      "--headless",
      "--no-sandbox",
      "--hide-scrollbars",
      "--window-size=900,1000",
      "--virtual-time-budget=8000",
      `--screenshot=${join(folder, "comment.png")}`,
      pathToFileURL(page).href,
    ]);
    writeFileSync(join(images, "comment.png"), readFileSync(join(folder, "comment.png")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
