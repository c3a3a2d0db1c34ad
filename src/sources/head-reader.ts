import type { BaseReader, HeadReader, TreePair } from "./change.ts";
import { InputError } from "./input-error.ts";

/** Reads what changed from the head, and of the rest what the base has too. */
export const headReader =
  ({ changes, read }: Pick<TreePair, "changes" | "read">, readBase: BaseReader): HeadReader =>
  async (path) => {
    const change = changes.find((one) => one.path === path);
    if (change === undefined) return await readBase(path);
    const { raw, head: entry } = change;
    if (entry === undefined) return undefined;
    const [content] = await read("head", [{ raw, entry }]);
    if (content?.state === "found") return content.bytes;
    throw new InputError(content?.code ?? "missing-object", `${path} of the head was not read: ${content?.because}`);
  };
