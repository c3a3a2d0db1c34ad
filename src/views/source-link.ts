/** A rule's source as an address and a label, or the text alone where it names no repository and commit. */
export interface SourceLink {
  readonly label: string;
  readonly url: string | undefined;
  /** The function in the file. */
  readonly name: string;
}

const reference = /^([\w.-]+\/[\w.-]+)@([\w.-]+)(?:\s+([\w./+-]+))?(?:\s+(.*))?$/;

/** `gardener/gardener@b312835d pkg/x.go Key` → the file at that commit, and `x.go Key` to show. */
export function sourceLink(source: string): SourceLink {
  const found = reference.exec(source.trim());
  if (found === null) return { label: source, url: undefined, name: "" };
  const [, repository = "", commit = "", path = "", name = ""] = found;
  const url = `https://github.com/${repository}/${path === "" ? "tree" : "blob"}/${commit}${path === "" ? "" : `/${path}`}`;
  const file = path.slice(path.lastIndexOf("/") + 1);
  return { label: [repository, file, name].filter((part) => part !== "").join(" "), url, name };
}

/** A cell or a line may name several sources, one after another with a semicolon between. */
export const sourceLinks = (source: string): SourceLink[] =>
  source
    .split(/;\s+/)
    .filter((part) => part !== "")
    .map(sourceLink);
