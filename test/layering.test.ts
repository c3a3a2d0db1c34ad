import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, it } from "node:test";
import { root } from "./built-program.ts";

/**
 * The stages, first to last; a stage may import itself and those before it. `rules` and `validation` belong to no place in the
 * row.
 */
const stages = ["manifests", "rules", "systems", "inventory", "analysis", "report", "views"];
/** What a stage may import although it is later: types of the tables that the readers are told about. */
const pure = [...stages, "validation", "reference"];

/** The folders of `rendering`, each built on those before it. */
const renderingParts = [
  "trees",
  "tools",
  "templates",
  "kustomize",
  "deployers",
  "applied",
  "charts",
  "neighbours",
  "deployment-changes",
];

const source = join(root, "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const folderOf = (file: string): string => file.split("/")[0] ?? "";

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(source, file), "utf8");
  const statements = text.matchAll(
    /^(?:import|export)\s(?:(type)\s)?[^"';]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/gm,
  );
  return [...statements].map(([, type, target, dynamic]) => ({
    file,
    target: target ?? dynamic ?? "",
    isType: type !== undefined,
  }));
}

const imports = files.flatMap(importsOf);
const inside = (one: Import): string => relative(source, join(source, dirname(one.file), one.target));

describe("layers", () => {
  it("finds the imports it judges", () => {
    assert.ok(imports.length > 300);
    for (const stage of stages)
      assert.ok(
        files.some((file) => folderOf(file) === stage),
        stage,
      );
  });

  it("keeps everything from manifests to views, and the library, free of node:", () => {
    const reached = new Set(["index.ts", ...files.filter((file) => pure.includes(folderOf(file)))]);
    // What these import at run time counts too, wherever it stands.
    for (const file of reached)
      for (const one of importsOf(file)) if (!one.isType && one.target.startsWith(".")) reached.add(inside(one));
    const found = imports.filter(
      ({ file, target, isType }) => reached.has(file) && !isType && target.startsWith("node:"),
    );
    assert.deepEqual(found, []);
    assert.deepEqual(
      [...reached].filter((file) =>
        ["sources", "rendering", "cli", "action", "configuration"].includes(folderOf(file)),
      ),
      [],
    );
  });

  it("lets no stage reach a later one", () => {
    const backwards = imports.filter((one) => {
      if (!one.target.startsWith(".")) return false;
      const from = stages.indexOf(folderOf(one.file));
      const to = stages.indexOf(folderOf(inside(one)));
      // The words of the tables (effects, rows) are the language of all stages; a type costs nothing.
      return from >= 0 && to > from && !(one.isType && folderOf(inside(one)) === "rules");
    });
    assert.deepEqual(backwards, []);
  });

  it("lets no part of rendering reach a later one", () => {
    const partOf = (file: string): number => renderingParts.indexOf(file.split("/")[1] ?? "");
    const within = imports.filter(({ file, target }) => folderOf(file) === "rendering" && target.startsWith("."));
    const between = within.filter((one) => !one.isType && partOf(one.file) >= 0 && partOf(inside(one)) >= 0);
    assert.ok(between.length > 100);
    assert.deepEqual(
      between.filter((one) => partOf(inside(one)) > partOf(one.file)),
      [],
    );
    const folders = files.flatMap((file) => (/^rendering\/.+\//.test(file) ? [file.split("/")[1] ?? ""] : []));
    assert.deepEqual([...new Set(folders)].toSorted(), renderingParts.toSorted());
  });

  it("lets nothing use the command and the Action, which with the sources alone touch the outside", () => {
    const programs = ["cli", "action"];
    const wrong = imports.filter(
      (one) =>
        one.target.startsWith(".") &&
        programs.includes(folderOf(inside(one))) &&
        !programs.includes(folderOf(one.file)),
    );
    assert.deepEqual(wrong, []);
    const ofCommand = imports.filter((one) => folderOf(one.file) === "action" && folderOf(inside(one)) === "cli");
    assert.deepEqual(ofCommand, [], "the Action stands on its own; the command posts reports with it");
    const outside = imports
      .filter(({ target, isType }) => !isType && target.startsWith("node:"))
      .map(({ file }) => folderOf(file));
    assert.deepEqual(
      [...new Set(outside)].filter(
        (folder) => !["sources", "rendering", "configuration", ...programs].includes(folder),
      ),
      [],
    );
  });

  it("reads no clock and no environment in a pure stage", () => {
    const impure = /\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bfetch\(/;
    const found = files
      .filter((file) => pure.includes(folderOf(file)) && !file.endsWith(".generated.ts"))
      .filter((file) =>
        impure.test(readFileSync(join(source, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")),
      );
    assert.deepEqual(found, []);
  });
});
