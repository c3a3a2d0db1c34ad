import { posix } from "node:path";
import { mentionsOurs } from "../manifests/deployers.ts";
import { exactText } from "../manifests/exact-text.ts";
import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import { poolKey } from "../manifests/parameter-files.ts";
import { textUnder } from "../manifests/read-value.ts";
import { sideNames } from "../manifests/side-names.ts";
import { dependencyList } from "./charts/chart-parts.ts";
import { holdsOurs } from "./deployers/judged-files.ts";
import { type Kustomization, objectOf } from "./kustomize/kustomization.ts";
import type { ReachedRoot } from "./kustomize/reached-roots.ts";
import type { JudgedKind } from "./relevant.ts";
import { isArchive, unpack, unpacking } from "./trees/archive.ts";
import { folderOf, isBelow, pathsBelow, readBoth, readFollowed, type TreeChange, within } from "./trees/file-tree.ts";

/**
 * The roots that build in what is not in the repository, or what a program makes, and whose names, values or charts speak of
 * what is judged: that nothing in their files does says nothing.
 */
export async function opaqueRoots(
  trees: TreeChange,
  roots: readonly ReachedRoot[],
  kinds: readonly JudgedKind[],
): Promise<ReachedRoot[]> {
  const found: ReachedRoot[] = [];
  for (const root of roots) {
    const kustomizations = sideNames.flatMap((side) => root.closures[side]?.kustomizations ?? []);
    const plugins = await ownPlugins(trees, kustomizations);
    if (plugins.length === 0 && !kustomizations.some(({ refusals }) => refusals.length > 0)) continue;
    const charts = kustomizations.flatMap(chartFolders);
    const speaks =
      [root.root, ...kustomizations.map(makingText), ...plugins].some(mentionsOurs) ||
      (await holdValues(trees, root)) ||
      (charts.length > 0 && (await holdsOurs(trees, charts, kinds)));
    if (speaks) found.push(root);
  }
  return found;
}

/**
 * Labels and annotations of what runs in a cluster of Gardener, on nodes, namespaces, services and certificates; those of Shoots have
 * other names. (gardener/gardener `pkg/apis/core/v1beta1/constants`, gardener/external-dns-management, gardener/cert-management)
 */
const keysWithin =
  /(?<![\w.-])(?:(?:cert|dns|networking|node|observability|resources|worker)\.gardener\.cloud\/(?!v\d)[\w.-]+|gardener\.cloud\/(?:purpose|role)(?![\w.-]))/g;

/** What a kustomization says of what it makes. What it calls images and labels by is the name of a project. */
const makingText = ({ value: { images: _images, labels: _labels, commonLabels: _common, ...rest } }: Kustomization) =>
  exactText(rest).replaceAll(keysWithin, "");

/** The texts of generators, transformers and validators that are no part of kustomize: it runs none of them. */
async function ownPlugins(trees: TreeChange, kustomizations: readonly Kustomization[]): Promise<string[]> {
  const paths = [...new Set(kustomizations.flatMap(({ plugins }) => plugins))];
  if (paths.length === 0) return [];
  const texts = (await readBoth(trees, paths)).map(([, bytes]) => bytes.toString("utf8"));
  return texts.filter(
    (text) => text.includes("apiVersion") && !/apiVersion["']?[ \t]*:[ \t]*["']?builtin\b/.test(text),
  );
}

/** Whether the files of a root describe pools in a way that only a chart or a program understands. */
async function holdValues(trees: TreeChange, { closures }: ReachedRoot): Promise<boolean> {
  for (const side of sideNames) {
    const contents = await readFollowed(trees[side], [...(closures[side]?.files ?? [])]);
    if ([...contents.values()].some((bytes) => poolKey.test(bytes.toString("utf8")))) return true;
  }
  return false;
}

/** Where a kustomization finds the charts that it has helm render (kustomize `api/types` HelmGlobals). */
function chartFolders({ folder, value }: Kustomization): string[] {
  const home = textUnder(value, "helmGlobals", "chartHome") ?? "";
  const names = listOf(value["helmCharts"]).flatMap((one) => textUnder(one, "name") ?? []);
  return names.flatMap((name) => within(folder, posix.join(home === "" ? "charts" : home, name)) ?? []);
}

/** Where Gardener publishes charts: of itself and its extensions, which it calls by Shoots, too. None of them has pools. */
const gardenersOwn = "/gardener-project/";

/** A chart, and what it is called by. */
interface NamedChart {
  readonly file: string;
}

/**
 * The charts with dependencies that are not in the repository, or packed there and cannot be unpacked, where names or values speak
 * of what is judged.
 */
export async function opaqueCharts<T extends NamedChart>(trees: TreeChange, charts: readonly T[]): Promise<T[]> {
  const valuesOf = (file: string): string => posix.join(folderOf(file), "values.yaml");
  const partsOf = (file: string): string[] =>
    sideNames.flatMap((side) => pathsBelow(trees[side], posix.join(folderOf(file), "charts")));
  const listsOf = (file: string): string[] => [file, posix.join(folderOf(file), dependencyList)];
  const files = charts.flatMap(({ file }) => [...listsOf(file), valuesOf(file), ...partsOf(file).filter(isArchive)]);
  const contents = [await readFollowed(trees.base, files), await readFollowed(trees.head, files)];
  const budget = unpacking();
  const isReadable = (path: string): boolean =>
    contents.every((side) => {
      const bytes = side.get(path);
      return bytes === undefined || typeof unpack(bytes, budget) === "object";
    });
  return charts.filter(({ file }) => {
    const folder = folderOf(file);
    const isHere = (name: string): boolean =>
      partsOf(file).some(
        (path) =>
          isBelow(path, posix.join(folder, "charts", name)) ||
          (isArchive(path) && posix.basename(path).startsWith(`${name}-`) && isReadable(path)),
      );
    return contents.some((side) => {
      const listed = listsOf(file)
        .flatMap((path) => listOf(objectOf(side.get(path)?.toString("utf8") ?? "")["dependencies"]))
        .filter(isObject);
      return listed.some((one) => {
        const [name = "", alias = "", repository = ""] = ["name", "alias", "repository"].map((key) =>
          textUnder(one, key),
        );
        if (repository.startsWith("file://") || repository.includes(gardenersOwn) || isHere(name)) return false;
        const values = side.get(valuesOf(file))?.toString("utf8") ?? "";
        // What installs Gardener stands in a folder of its name, beside charts of anything.
        const around = `${folder} ${repository}`.replaceAll(/gardener/gi, "");
        return mentionsOurs(`${name} ${alias} ${around}`) || poolKey.test(values);
      });
    });
  });
}
