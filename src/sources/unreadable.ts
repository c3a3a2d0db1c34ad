import type { Diagnostic } from "../manifests/manifest.ts";
import type { Content } from "./change.ts";

/** The messages for files that are not read, whatever their source. */

export const tooLarge = (bytes: number): Content => ({
  state: "unreadable",
  code: "file-too-large",
  because: `it has ${bytes} bytes; split it`,
});

export const brokenLink: Content = {
  state: "unreadable",
  code: "link-leaves-tree",
  because: "the symbolic link leads nowhere, or out of the repository; put its target into the repository",
};

export const linkToFolder: Content = {
  state: "unreadable",
  code: "link-to-folder",
  because: "it is a link to a folder; give it as a file",
};

/** The diagnostic for an unchanged file that could not be searched; `because` is a clause that says what to do. */
export const notSearched = (
  path: string,
  { code, because }: Pick<Extract<Content, { readonly state: "unreadable" }>, "code" | "because">,
): Diagnostic => ({
  severity: "warning",
  code,
  message: `the unchanged file may use what changed, and was not searched: ${because}`,
  file: path,
  incomplete: true,
});
