import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Json, PerSide, SideName } from "../manifests/manifest.ts";
import { readValue, valueUnder } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";
import { otherSide, sideNames } from "../manifests/side-names.ts";
import type { RenderedApplication } from "./application.ts";
import type { ChangedFile } from "./changed-values.ts";
import { settingsNamedIn } from "./deployers/named-settings.ts";
import { makerDocuments, type MakerText } from "./maker-text.ts";
import { nameOf } from "./objects-in.ts";
import type { ShownPath } from "./render-options.ts";
import { isYaml, readFollowed, readMatching, type TreeChange } from "./trees/file-tree.ts";

/** The file that holds the object that makes an application on a side, where that is known. */
export type MakerTexts = (application: RenderedApplication, side: SideName) => MakerText | undefined;

type Files = PerSide<ReadonlyMap<string, Buffer>>;

/** Reads the files of the objects that make applications, and what changed of the files that these take values from. */
export async function makerTexts(
  trees: TreeChange,
  applications: readonly RenderedApplication[],
  shown: ShownPath,
): Promise<MakerTexts> {
  const holders = await onBoth(async (side) => {
    const files = applications.flatMap(({ makers }) => makers?.[side]?.file ?? []);
    return await readFollowed(trees[side], [...new Set(files)]);
  });
  const takesSettings = sideNames.some((side) =>
    [...holders[side].values()].some((bytes) => bytes.includes("substituteFrom") || bytes.includes("valuesFrom")),
  );
  const paths = takesSettings ? [...trees.changed].filter(isYaml) : [];
  const settings = await onBoth(async (side) => await readMatching(trees[side], paths, /ConfigMap/));
  const taken = new Set(
    applications.flatMap(({ makers }) => sideNames.flatMap((side) => makers?.[side]?.parameterFiles ?? [])),
  );
  const parameters = await onBoth(
    async (side) =>
      await readFollowed(
        trees[side],
        [...taken].filter((path) => trees.changed.has(path)),
      ),
  );
  return ({ makers }, side) => {
    const [maker, other] = [makers?.[side], makers?.[otherSide(side)]];
    const bytes = maker === undefined ? undefined : holders[side].get(maker.file);
    if (maker === undefined || bytes === undefined) return undefined;
    const before = other === undefined ? undefined : holders[otherSide(side)].get(other.file);
    const text = { title: maker.title, path: shown(side, maker.file), bytes, other: before };
    const given = maker.parameterFiles.flatMap((path) => {
      const [own, old] = [parameters[side].get(path), parameters[otherSide(side)].get(path)];
      return own === undefined ? [] : [{ path: shown(side, path), bytes: own, before: old }];
    });
    return { ...text, settings: () => [...given, ...settingsOf(text, settings, side, shown)] };
  };
}

const onBoth = async (read: (side: SideName) => Promise<ReadonlyMap<string, Buffer>>): Promise<Files> => {
  const [base, head] = await Promise.all([read("base"), read("head")]);
  return { base, head };
};

/** The ConfigMaps that an object takes variables or values from. */
function settingsOf(
  text: Pick<MakerText, "title" | "path" | "bytes">,
  files: Files,
  side: SideName,
  shown: ShownPath,
): ChangedFile[] {
  const named = makerDocuments(text).flatMap(({ value }) => [
    ...listOf(valueUnder(value, "spec", "postBuild", "substituteFrom")),
    ...listOf(valueUnder(value, "spec", "valuesFrom")),
  ]);
  const names = new Set(settingsNamedIn(named).flatMap(({ kind, name }) => (kind === "ConfigMap" ? [name] : [])));
  if (names.size === 0) return [];
  const isMeant = (value: Json | undefined): boolean =>
    isObject(value) && value["kind"] === "ConfigMap" && names.has(nameOf(value).name);
  return [...files[side]].flatMap(([path, bytes]) => {
    const file = { path: shown(side, path), bytes };
    const before = files[otherSide(side)].get(path);
    return splitFile(file).some((one) => isMeant(readValue(one))) ? [{ ...file, before, isMeant }] : [];
  });
}
