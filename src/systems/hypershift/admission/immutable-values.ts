import type { Json } from "../../../manifests/manifest.ts";
import type { Derived, Scope } from "../../../rules/functions.ts";
import { listOf, objectOf, textOf } from "../values.ts";

const shardsAt = (scope: Scope, path: string, members: readonly string[]): Json | undefined => {
  const shards = listOf(scope.get(path)).map((entry) => objectOf(entry) ?? {});
  if (shards.length === 0) return undefined;
  return Object.fromEntries(
    shards.map((shard) => [
      textOf(shard["name"]) ?? "",
      Object.fromEntries(members.map((member) => [member, shard[member] ?? null])),
    ]),
  );
};

/** What cannot change of etcd's shards, by their names; where they run may change. */
export const etcdManagedShards: Derived = (scope) =>
  shardsAt(scope, "$cluster/spec/etcd/managed/shards", ["replicas", "resources", "storage"]);
export const etcdUnmanagedShards: Derived = (scope) =>
  shardsAt(scope, "$cluster/spec/etcd/unmanaged/shards", ["endpoint", "resources"]);

/** The storage driver as a whole. */
export const kubevirtStorageDriver: Derived = (scope) => scope.get("$cluster/spec/platform/kubevirt/storageDriver");
