import type { Content } from "../sources/change.ts";
import { parsePointer, unfetched } from "../sources/git/lfs.ts";
import { tooLarge } from "../sources/unreadable.ts";
import { statusOf } from "./failure.ts";
import { named, type RepositoryAccess } from "./repository.ts";

/** Files in one request. */
const batchSize = 100;
/** Requests at a time; GitHub asks for no more than a few. */
const parallel = 4;

interface BlobAnswer {
  /** Absent of what is no blob. */
  readonly text?: string | null;
  readonly isTruncated: boolean;
  readonly isBinary: boolean | null;
  readonly byteSize: number;
}
type Answer = { readonly repository: Readonly<Record<string, BlobAnswer | null>> | null };

/** Reads files by object id: each id once, a hundred in one request, and alone what does not fit in there. */
export class Blobs {
  readonly #access: RepositoryAccess;
  readonly #maximum: number;
  readonly #known = new Map<string, Content>();

  constructor(access: RepositoryAccess, maximum: number) {
    this.#access = access;
    this.#maximum = maximum;
  }

  async read(ids: readonly string[]): Promise<readonly Content[]> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id));
    // Nothing else than an id can get into a query.
    for (const id of missing) if (!/^[0-9a-f]{40,64}$/.test(id)) this.#known.set(id, gone);
    const wanted = missing.filter((id) => !this.#known.has(id));
    const batches = Array.from({ length: Math.ceil(wanted.length / batchSize) }, (_, index) =>
      wanted.slice(index * batchSize, (index + 1) * batchSize),
    );
    await inParallel(batches, async (batch) => await this.#readBatch(batch));
    return ids.map((id) => this.#known.get(id)!);
  }

  async #readBatch(ids: readonly string[]): Promise<void> {
    const fields = ids.map(
      (id, index) => `b${index}: object(oid: "${id}") { ... on Blob { text isTruncated isBinary byteSize } }`,
    );
    const query = `query($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { ${fields.join(" ")} } }`;
    const answer = await this.#access.client.graphql<Answer>(query, named(this.#access));
    const alone: string[] = [];
    for (const [index, id] of ids.entries()) {
      const blob = answer.repository?.[`b${index}`];
      if (blob?.text === undefined) this.#known.set(id, gone);
      else if (blob.byteSize > this.#maximum) this.#known.set(id, tooLarge(blob.byteSize));
      else if (blob.isBinary === true) this.#known.set(id, binary);
      // Text is cut at 512,000 bytes, and bytes that are not UTF-8 are replaced in it.
      else if (
        blob.text === null ||
        blob.isTruncated ||
        blob.text.includes("\uFFFD") ||
        Buffer.byteLength(blob.text) !== blob.byteSize
      )
        alone.push(id);
      else this.#known.set(id, plain(Buffer.from(blob.text)));
    }
    await inParallel(alone, async (id) => {
      this.#known.set(id, await this.#readAlone(id));
    });
  }

  async #readAlone(id: string): Promise<Content> {
    try {
      const { data } = await this.#access.client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
        ...named(this.#access),
        file_sha: id,
      });
      if (data.encoding !== "base64") return gone;
      return plain(Buffer.from(data.content, "base64"));
    } catch (error) {
      // GitHub answers 403 `too_large` over 100 MB.
      const status = statusOf(error);
      if (status === 403 || status === 404 || status === 422) return gone;
      throw error;
    }
  }
}

const gone: Content = {
  state: "unreadable",
  code: "missing-object",
  because: "GitHub does not give its content; check the repository out before this step",
};
/** No manifest, unless its name says so. */
const binary: Content = { state: "unreadable", code: "not-utf8", because: "it is not text; save it as UTF-8" };
const plain = (bytes: Buffer): Content => (parsePointer(bytes) === undefined ? { state: "found", bytes } : unfetched);

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
}
