const pointer =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\r?\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\r?\nsize \d+\r?(?:\n|$)/;
const longest = 1024;

/** The id of the content that Git LFS put a pointer in the place of; undefined for every other text. */
export const pointedTo = (text: string): string | undefined =>
  text.length > longest ? undefined : pointer.exec(text)?.[1];
