const program = /(?<![\w./-])(?:kubectl|oc|hypershift|hcp)(?=[\s"'])/g;
const verb = /^(?:annotate|apply|autoscale|create|delete|destroy|edit|label|patch|replace|scale|set|taint)$/;
/** As arguments name objects: by kind, perhaps with the group, and a name. A file is not an object. */
const resource = /^(?:shoots?|nodepools?|hostedclusters?)(?:\.(?!ya?ml|json)[a-z][\w.-]*)?(?:\/[\w.-]*)?$/;
/** Every such command contains one of these. */
const words = ["shoot", "nodepool", "hostedcluster", "hypershift", "hcp"] as const;
/** How much of a command is looked at. */
const longest = 500;

/** Whether a file may hold such a script, by its bytes alone. */
export const mayRunOnPools = (text: Buffer): boolean => words.some((word) => text.includes(word));

/** Whether a script, or a list of arguments in YAML, changes pools or clusters by a command that names them. */
export function runsOnPools(text: string): boolean {
  if (!words.some((word) => text.includes(word))) return false;
  // A backslash continues a line, and so do the items of a list.
  const lines = text.replaceAll(/\\\r?\n[ \t]*|\n[ \t]*-[ \t]+/g, " ");
  for (const { index } of lines.matchAll(program)) {
    const [command = ""] = lines.slice(index, index + longest).split(/[\n;|&]/, 1);
    const [name = "", ...rest] = command.split(/[\s"',[\]=]+/);
    const at = rest.findIndex((word) => verb.test(word));
    if (at === -1) continue;
    const makesClusters = name.startsWith("h") && rest[at + 1] === "cluster";
    if (makesClusters || rest.slice(at + 1).some((word) => resource.test(word))) return true;
  }
  return false;
}
