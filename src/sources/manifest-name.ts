import { languageOf, startsAsManifest } from "../manifests/programs.ts";

/** How the names of manifests end. */
export const manifestName = /\.(?:ya?ml|json)$/i;
const bareName = /(?:^|\/)[^./]+$/;

/** Whether a file is to be read as manifests: by its name, or else by how it begins. Names alone leave nothing out. */
export function isManifest(path: string, bytes: Buffer): boolean {
  if (manifestName.test(path)) return true;
  const start = bytes.subarray(0, 8192);
  return !start.includes(0) && startsAsManifest(start.toString("utf8"));
}

/** Whether a changed file matters: it holds manifests, or makes them. */
export function mayMakeManifests(path: string, bytes: Buffer): boolean {
  return languageOf(path) !== undefined || isManifest(path, bytes);
}

/** For what cannot be looked into: whether the name says that manifests are in it. */
export function isManifestName(path: string): boolean {
  return manifestName.test(path) || bareName.test(path);
}

/**
 * How names of source code, prose and pictures end: they fill the trees of those who keep manifests beside their programs,
 * begin otherwise than a manifest, and nothing applies them. So users of what changed are not searched in them, which takes
 * a quarter of the time among 29,000 files, most of them Go. A changed file is looked into whatever its name.
 */
export const otherFiles: readonly string[] =
  "c cc cpp cs css go h html java js jsx kt md php png proto py rb rs scss sh svg swift ts tsx".split(" ");
