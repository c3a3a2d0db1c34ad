import { posix } from "node:path";
import { mayBeParameters } from "../../manifests/named-files.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { objectOf } from "../kustomize/kustomization.ts";
import {
  foldersAbove,
  isBelow,
  isYaml,
  pathsBelow,
  readBoth,
  readFollowed,
  type TreeChange,
} from "../trees/file-tree.ts";

/** Values that a template takes. */
const taken = /\.Values\.(\w+)/g;

/**
 * Changed files that may be values of charts of which nobody says with which values they are deployed, by chart: files called so
 * inside of a chart, and elsewhere those of which the chart takes every value.
 */
export async function looseValues(
  trees: TreeChange,
  charts: readonly string[],
  all: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const changed = charts.length === 0 ? new Map<string, string[]>() : await changedParameters(trees);
  const outside = [...changed].filter(([path]) => !foldersAbove(path).some((folder) => all.has(folder)));
  for (const chart of changed.size === 0 ? [] : charts) {
    const inside = [...changed.keys()].find(
      (path) => isBelow(path, chart) && isCalledValues(posix.relative(chart, path)),
    );
    if (inside !== undefined) found.set(chart, inside);
  }
  const others = outside.length === 0 ? [] : charts.filter((chart) => !found.has(chart));
  for (const [chart, known] of await keysOf(trees, others)) {
    const fitting = outside.find(([, keys]) => keys.every((key) => known.has(key)));
    if (fitting !== undefined) found.set(chart, fitting[0]);
  }
  return found;
}

const isCalledValues = (path: string): boolean =>
  /values/i.test(path) && path !== "values.yaml" && path !== "values.yml" && !/^(?:ci|charts|templates)\//.test(path);

/** The changed files that say no kind, with the keys at their roots. */
async function changedParameters(trees: TreeChange): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const paths = [...trees.changed].filter(isYaml);
  for (const [path, bytes] of await readBoth(trees, paths)) {
    const text = bytes.toString("utf8");
    const keys = mayBeParameters(path, text) ? Object.keys(objectOf(text)) : [];
    if (keys.length > 0) found.set(path, [...(found.get(path) ?? []), ...keys]);
  }
  return found;
}

/** The values that charts have or take, by the keys at their root. All charts are read at once: each answer takes its time. */
async function keysOf(trees: TreeChange, charts: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map(charts.map((chart) => [chart, new Set(["global"])]));
  for (const side of sideNames) {
    const files = charts.map((chart) => ({
      chart,
      values: posix.join(chart, "values.yaml"),
      templates: pathsBelow(trees[side], posix.join(chart, "templates")),
    }));
    const texts = await readFollowed(
      trees[side],
      files.flatMap(({ values, templates }) => [values, ...templates]),
    );
    const textOf = (path: string): string => texts.get(path)?.toString("utf8") ?? "";
    for (const { chart, values, templates } of files) {
      const keys = found.get(chart);
      for (const key of Object.keys(objectOf(textOf(values)))) keys?.add(key);
      for (const path of templates) for (const [, key = ""] of textOf(path).matchAll(taken)) keys?.add(key);
    }
  }
  return found;
}
