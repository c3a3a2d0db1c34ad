import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Check, Finding, Predicate, Scope, Sides } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, objectOf } from "../values.ts";
import { userConfig } from "./config-maps.ts";
import { type MergedConfig, mergedConfig } from "./merged-config.ts";

/** Parts of an Ignition configuration that no running node gets, by what people call them. */
const fixedParts: readonly (readonly [name: string, path: readonly string[]])[] = [
  ["kernel arguments in the Ignition part", ["kernelArguments"]],
  ["disks", ["storage", "disks"]],
  ["filesystems", ["storage", "filesystems"]],
  ["RAID arrays", ["storage", "raid"]],
  ["directories", ["storage", "directories"]],
  ["groups of users", ["passwd", "groups"]],
];
/** A file that makes the daemon skip its checks. */
const forceFile = "/run/machine-config-daemon-force";

/**
 * Why the machine-config daemon refuses a configuration on a running node, which then keeps all that it has: it only writes
 * files, units, kernel arguments and what the user core logs in with (openshift/machine-config-operator
 * pkg/controller/common/reconcile.go isConfigReconcilable).
 */
function reasons({ base, head }: Sides): string[] {
  if (base === undefined || head === undefined) return [];
  const [before, after] = [mergedConfig(base), mergedConfig(head)];
  const differs = (path: readonly string[]): boolean => partOf(before, path) !== partOf(after, path);
  const fixed = fixedParts.filter(([, path]) => differs(path)).map(([name]) => `${name} change`);
  const links = listOf(readSegments(after.ignition, ["storage", "links"]));
  const files = listOf(readSegments(after.ignition, ["storage", "files"])).map(objectOf);
  return [
    ...(hasFips(base, before) === hasFips(head, after) ? [] : ["FIPS mode changes"]),
    ...fixed,
    ...(differs(["storage", "links"]) && links.length > 0 ? ["links change"] : []),
    ...(differs(["passwd", "users"]) && !areWritable(after)
      ? ["users other than core, or more than what core logs in with, change"]
      : []),
    ...files.flatMap((file) =>
      listOf(file?.["append"]).length > 0 ? [`the file ${jsonText(file?.["path"] ?? "")} is appended to`] : [],
    ),
    ...(files.some((file) => file?.["path"] === forceFile) ? [`${forceFile} is written`] : []),
  ];
}

const partOf = ({ ignition }: MergedConfig, path: readonly string[]): string =>
  jsonText(readSegments(ignition, [...path]) ?? null);

const hasFips = (scope: Scope, { fips }: MergedConfig): boolean => fips || scope.get("$cluster/spec/fips") === true;

/** The daemon looks at the last user alone, once all of them are core. */
function areWritable({ ignition }: MergedConfig): boolean {
  const users = listOf(readSegments(ignition, ["passwd", "users"])).map((user) => objectOf(user) ?? {});
  const last = users.at(-1);
  return last === undefined || (users.every(({ name }) => name === "core") && isLogin(last));
}

const isLogin = ({ name: _name, sshAuthorizedKeys, passwordHash, ...rest }: JsonObject): boolean =>
  Object.keys(rest).length === 0 &&
  [sshAuthorizedKeys, passwordHash].some((one: Json | undefined) => one !== undefined);

/** What the daemon refuses on every node of an InPlace pool; a document that is refused earlier never reaches it. */
export const irreconcilable: Check = (sides) => {
  const isRead = [sides.base, sides.head].every(
    (scope) => scope === undefined || userConfig(scope).documents.every(({ problem }) => problem === undefined),
  );
  return (isRead ? reasons(sides) : []).slice(0, 1).map((reason): Finding => ({
    because: `The machine-config daemon refuses the new configuration on running nodes, which keep what they have: ${reason}`,
  }));
};

export const isIrreconcilable: Predicate = (sides) => irreconcilable(sides).length > 0;
