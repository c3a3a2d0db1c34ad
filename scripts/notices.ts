// Writes NOTICES.md (licences of what the bundles hold) and sbom.json (CycloneDX). `--check` only compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BundledPackage, bundledPackages } from "./bundled.ts";

const root = join(import.meta.dirname, "..");
const inputs = ["src/cli/main.ts", "src/action/main.ts", "src/index.ts"].filter((input) =>
  existsSync(join(root, input)),
);
const packages = await bundledPackages(inputs);
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

function licenceText({ folder, name }: BundledPackage): string {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
}

const notices = [
  "# Notices",
  "",
  "The bundles in `dist/` hold code of these packages. Made by `npm run notices`.",
  ...packages.flatMap((one) => [
    "",
    `## ${one.name} ${one.version} (${one.license})`,
    "",
    "```text",
    licenceText(one),
    "```",
  ]),
  "",
].join("\n");

const purl = (name: string, at: string): string => `pkg:npm/${name.replace("@", "%40")}@${at}`;
const sbom = {
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  version: 1,
  metadata: {
    component: {
      type: "application",
      name: "will-it-roll",
      version,
      purl: purl("will-it-roll", version),
      licenses: [{ license: { id: "Apache-2.0" } }],
    },
  },
  components: packages.map((one) => ({
    type: "library",
    name: one.name,
    version: one.version,
    purl: purl(one.name, one.version),
    licenses: [{ license: { id: one.license } }],
  })),
};

const outputs = { "NOTICES.md": notices, "sbom.json": `${JSON.stringify(sbom, undefined, 2)}\n` };
for (const [file, text] of Object.entries(outputs)) {
  const path = join(root, file);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${file} is not up to date: run npm run notices`);
    process.exitCode = 1;
  }
}
