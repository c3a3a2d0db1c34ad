import type { Json } from "../../../manifests/manifest.ts";
import type { Derived, Predicate, Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { userConfig } from "./config-maps.ts";
import { mergedMirrors } from "./mirror-order.ts";

/** The lists of mirrors in each kind, by their key in `spec`. */
export const mirrorLists: Readonly<Record<string, string>> = {
  ImageDigestMirrorSet: "imageDigestMirrors",
  ImageContentSourcePolicy: "repositoryDigestMirrors",
};

interface Registry {
  readonly mirrors: readonly string[];
  /** Whether nothing is pulled from the source itself. */
  readonly isBlocked: boolean;
}

/** What the cluster and the pool say of mirrors: each list that is in its imageContentSources or in a document. */
const mirrorSets = (scope: Scope): readonly (readonly Json[])[] => [
  ...[listOf(scope.get("$cluster/spec/imageContentSources"))].filter(({ length }) => length > 0),
  ...userConfig(scope).documents.flatMap(({ kind, value }) => {
    const list = mirrorLists[kind?.kind ?? ""];
    return list === undefined ? [] : [listOf(readSegments(value, ["spec", list]))];
  }),
];

/**
 * The registries with mirrors as registries.conf names them (openshift/runtime-utils pkg/registries/registries.go
 * addMirrorSet, EditRegistriesConfig). A source that mirrors nothing but itself is not one of them.
 */
function registriesOf(scope: Scope): ReadonlyMap<string, Registry> {
  const lists = new Map<string, { readonly mirrors: string[][]; isBlocked: boolean }>();
  for (const entry of mirrorSets(scope).flat()) {
    const { source: given, mirrors: listed, mirrorSourcePolicy } = objectOf(entry) ?? {};
    const source = textOf(given) ?? "";
    const mirrors = listOf(listed).map((mirror) => textOf(mirror) ?? "");
    if (mirrors.every((mirror) => mirror === source)) continue;
    const registry = lists.get(source) ?? { mirrors: [], isBlocked: false };
    registry.mirrors.push(mirrors);
    registry.isBlocked ||= mirrorSourcePolicy === "NeverContactSource";
    lists.set(source, registry);
  }
  return new Map(
    [...lists].map(([source, { mirrors, isBlocked }]) => [
      source,
      { mirrors: mergedMirrors(source, mirrors), isBlocked },
    ]),
  );
}

/** registries.conf is written anew where anything asks for it, though it then says the same. */
const isWritten = (scope: Scope): boolean =>
  mirrorSets(scope).length > 0 ||
  ["insecureRegistries", "blockedRegistries"].some(
    (list) => listOf(scope.get(`$cluster/spec/configuration/image/registrySources/${list}`)).length > 0,
  );

export const renderedMirrors: Derived = (scope) =>
  isWritten(scope)
    ? [...registriesOf(scope)]
        .map(([source, { mirrors, isBlocked }]) => jsonText([source, [...mirrors], isBlocked ? "blocked" : ""]))
        .toSorted()
    : undefined;

/** Nothing was taken away: additions of digest-only mirrors need no drain (drain.go isSafeContainerRegistryConfChanges). */
export const mirrorsOnlyAdded: Predicate = ({ base, head }) => {
  if (base === undefined || head === undefined) return false;
  const after = registriesOf(head);
  return [...registriesOf(base)].every(([source, { mirrors, isBlocked }]) => {
    const now = after.get(source);
    return now?.isBlocked === isBlocked && mirrors.every((mirror) => now.mirrors.includes(mirror));
  });
};
