const manifestName = /\.(?:ya?ml|json)$/i;
const bareName = /(?:^|\/)[^./]+$/;
/** The first line with content, as a manifest starts; Markdown, code and templates start with something else. */
const manifestStart =
  /^(?:\uFEFF)?(?:[ \t]*(?:#[^\n]*)?\r?\n|---[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*(?:["']?(?:apiVersion|kind|metadata|spec|items|data)["']?[ \t]*:|\{\s*["'](?:apiVersion|kind|metadata|spec|items|data)["']\s*:)/;

/** Whether a file is to be read as manifests: by its name, or else by how it begins. Names alone leave nothing out. */
export function isManifest(path: string, bytes: Buffer): boolean {
  if (manifestName.test(path)) return true;
  const start = bytes.subarray(0, 8192);
  return !start.includes(0) && manifestStart.test(start.toString("utf8"));
}

/** For what cannot be looked into: whether the name says that manifests are in it. */
export function isManifestName(path: string): boolean {
  return manifestName.test(path) || bareName.test(path);
}
