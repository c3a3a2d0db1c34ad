/** A rule's source as an address and a label, or the text alone where it names no repository and commit. */
interface SourceLink {
  readonly label: string;
  readonly url: string | undefined;
  /** The function in the file. */
  readonly name: string;
}

const reference = /^([\w.-]+\/[\w.-]+)@([\w.-]+)(?:\s+([\w./+-]+))?(?:\s+(.*))?$/;
const fileName = /^([\w+-][\w.+-]*\.\w+)(?:\s+(.*))?$/;

/** `gardener/gardener@b312835d pkg/x.go Key`, or `… pkg x.go Key`, → the file at that commit, and `Key`. */
export function sourceLink(source: string): SourceLink {
  const found = reference.exec(source.trim());
  if (found === null) return { label: source, url: undefined, name: "" };
  const [, repository = "", commit = ""] = found;
  let [, , , path = "", name = ""] = found;
  const inFolder = /\.\w+$/.test(path) ? null : fileName.exec(name);
  if (path !== "" && inFolder !== null) [path, name] = [`${path.replace(/\/$/, "")}/${inFolder[1]}`, inFolder[2] ?? ""];
  const file = path.slice(path.lastIndexOf("/") + 1);
  const url = `https://github.com/${repository}/${file.includes(".") ? "blob" : "tree"}/${commit}${path === "" ? "" : `/${path}`}`;
  return { label: [repository, file, name].filter((part) => part !== "").join(" "), url, name };
}

/** A cell or a line may name several sources, one after another with a semicolon between. */
export const sourceLinks = (source: string): SourceLink[] =>
  source
    .split(/;\s+/)
    .filter((part) => part !== "")
    .map(sourceLink);
