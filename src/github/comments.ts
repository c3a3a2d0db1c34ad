import { decodeMarker, isNewer, type Marker, markerStart } from "../views/marker.ts";
import { reasonOf, statusOf } from "./failure.ts";
import { named, type RepositoryAccess } from "./repository.ts";

/** A comment of ours on a pull request. */
export interface OwnComment {
  readonly id: number;
  readonly body: string;
  readonly marker: Marker;
}

/** What came of writing a comment. */
export type Written =
  | { readonly state: "created" | "updated" | "unchanged"; readonly id: number }
  /** A newer run has said what is true now. */
  | { readonly state: "outdated"; readonly id: number }
  | { readonly state: "refused"; readonly because: string };

interface Target {
  readonly access: RepositoryAccess;
  readonly number: number;
  readonly key: string;
}

interface RawComment {
  readonly id: number;
  readonly body?: string | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/**
 * The comments with our marker that this token's user wrote, oldest first, as GitHub lists them. A marker alone proves nothing: everybody can
 * copy one. GitHub is asked who that user is, unless `author` says it.
 */
export async function ownComments(
  { access, number, key }: Target,
  since?: string,
  author?: RawComment["user"],
): Promise<OwnComment[]> {
  const { client } = access;
  const all: RawComment[] = await client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...named(access),
    issue_number: number,
    per_page: 100,
    ...(since === undefined ? {} : { since }),
  });
  const marked = all.flatMap((comment) => {
    const body = comment.body ?? "";
    const marker = body.startsWith(markerStart(key)) ? decodeMarker(body) : undefined;
    return marker === undefined ? [] : [{ ...comment, body, marker }];
  });
  if (marked.length === 0) return [];
  const isOurs = author === undefined ? await authorship(access) : sameAs(author);
  return marked.filter(({ user }) => isOurs(user));
}

const sameAs =
  (author: RawComment["user"]) =>
  (user: RawComment["user"]): boolean =>
    user !== null && user.login === author?.login && user.type === author.type;

/** GraphQL knows apps without the `[bot]` that REST puts after their names. */
async function authorship({ client }: RepositoryAccess): Promise<(user: RawComment["user"]) => boolean> {
  const { viewer } = await client.graphql<{ readonly viewer: { readonly login: string } }>(
    "query { viewer { login } }",
  );
  const name = viewer.login.replace(/\[bot\]$/, "");
  const isBot = viewer.login !== name;
  return (user) =>
    user !== null &&
    (isBot
      ? user.login === viewer.login && user.type === "Bot"
      : user.login === name || (user.login === `${name}[bot]` && user.type === "Bot"));
}

/** Bodies to try, the shorter ones for when GitHub finds the first too long. */
type Bodies = readonly [string, ...string[]];

/**
 * Makes one comment say what is true now. Nothing of a newer run is overwritten; of several comments the oldest stays.
 * `known` is what `ownComments` has just found.
 */
export async function writeComment(target: Target, known: readonly OwnComment[], bodies: Bodies): Promise<Written> {
  const mine = decodeMarker(bodies[0]);
  if (mine === undefined) throw new Error("a comment begins with its marker");
  const [first, ...more] = known;
  try {
    const newer = known.find(({ marker }) => isNewer(marker.run, mine.run));
    if (newer !== undefined) return { state: "outdated", id: newer.id };
    if (first === undefined) return await create(target, mine, bodies);
    if (first.body !== bodies[0]) await update(target.access, first.id, bodies);
    await remove(target.access, more);
    return { state: first.body === bodies[0] ? "unchanged" : "updated", id: first.id };
  } catch (error) {
    return { state: "refused", because: reasonOf(error) };
  }
}

const isTooLong = (error: unknown): boolean => statusOf(error) === 422;

async function update(access: RepositoryAccess, id: number, bodies: Bodies): Promise<void> {
  const [body, ...shorter] = bodies;
  try {
    await access.client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      ...named(access),
      comment_id: id,
      body,
    });
  } catch (error) {
    const [next, ...rest] = shorter;
    if (!isTooLong(error) || next === undefined) throw error;
    await update(access, id, [next, ...rest]);
  }
}

/**
 * Creating is never repeated blindly: an answer that was lost may have taken effect, so the comments are looked at before
 * another try. And another run may create one at the same time, so they are looked at afterwards too.
 */
async function create(target: Target, mine: Marker, bodies: Bodies, tries = 2): Promise<Written> {
  const { access, number } = target;
  const since = new Date(Date.parse(mine.run.time) - 600_000).toISOString();
  const [body, ...shorter] = bodies;
  let author: RawComment["user"] | undefined;
  try {
    // `retries: 0` keeps the client from repeating it; a refusal for the rate limit had no effect and is repeated.
    const { data } = await access.client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...named(access),
      issue_number: number,
      body,
      request: { retries: 0 },
    });
    author = data.user ?? undefined;
  } catch (error) {
    const [next, ...rest] = shorter;
    if (isTooLong(error) && next !== undefined) return await create(target, mine, [next, ...rest], tries);
    const status = statusOf(error);
    if (status !== undefined && status < 500) throw error;
    const found = await ownComments(target, since);
    if (found.length === 0 && tries > 1) return await create(target, mine, bodies, tries - 1);
    if (found.length === 0) throw error;
  }
  return await settle(target, mine, bodies, await ownComments(target, since, author));
}

/** After creating: of several comments the oldest stays, with what the newest run says. */
async function settle(target: Target, mine: Marker, bodies: Bodies, all: readonly OwnComment[]): Promise<Written> {
  const [first, ...more] = all;
  if (first === undefined) return { state: "refused", because: "the comment is gone again" };
  if (more.length === 0) return { state: "created", id: first.id };
  const newer = all.find(({ marker }) => isNewer(marker.run, mine.run));
  if (newer === undefined && first.body !== bodies[0]) await update(target.access, first.id, bodies);
  await remove(
    target.access,
    more.filter(({ marker }) => !isNewer(marker.run, mine.run)),
  );
  return newer === undefined ? { state: "created", id: first.id } : { state: "outdated", id: newer.id };
}

async function remove(access: RepositoryAccess, comments: readonly OwnComment[]): Promise<void> {
  for (const { id } of comments) {
    try {
      await access.client.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", {
        ...named(access),
        comment_id: id,
      });
    } catch (error) {
      // Another run was faster.
      if (statusOf(error) !== 404) throw error;
    }
  }
}
