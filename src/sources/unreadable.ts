import type { Content } from "./change.ts";

/** What is said of files that are not read, from wherever they come. */

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
