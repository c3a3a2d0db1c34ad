/** A rule's source as an address and a label, or the text alone where it names no repository and commit. */
interface SourceLink {
  readonly label: string;
  readonly url: string | undefined;
  readonly path: string;
  /** The function in the file. */
  readonly name: string;
}

const reference = /^([\w.-]+\/[\w.-]+)@([\w.-]+)(?:\s+([\w./+-]+))?(?:\s+(\S.*))?$/;
const fileName = /^([\w+-][\w.+-]*\.\w+)(?:\s+(\S.*))?$/;

/** `gardener/gardener@b312835d pkg/x.go Key`, or `… pkg x.go Key`, → the file at that commit, and `Key`. */
function sourceLink(source: string): SourceLink {
  const found = reference.exec(source.trim());
  if (found === null) return { label: source, url: undefined, path: "", name: "" };
  const [, repository = "", commit = ""] = found;
  let [, , , path = "", name = ""] = found;
  const inFolder = /\.\w+$/.test(path) ? null : fileName.exec(name);
  if (path !== "" && inFolder !== null) [path, name] = [`${path.replace(/\/$/, "")}/${inFolder[1]}`, inFolder[2] ?? ""];
  const file = path.slice(path.lastIndexOf("/") + 1);
  const url = `https://github.com/${repository}/${file.includes(".") ? "blob" : "tree"}/${commit}${path === "" ? "" : `/${path}`}`;
  return { label: [repository, file, name].filter((part) => part !== "").join(" "), url, path, name };
}

/** Several sources may be one after another, with a semicolon between; those that name no repository are in the one before. */
export function sourceLinks(source: string): SourceLink[] {
  let repository = "";
  return source
    .split(/;\s+/)
    .filter((part) => part !== "")
    .map((part) => {
      const named = /^[\w.-]+\/[\w.-]+@[\w.-]+/.exec(part.trim())?.[0];
      repository = named ?? repository;
      return sourceLink(named === undefined ? `${repository} ${part.trim()}`.trim() : part);
    });
}
