import { type OwnComment, ownComments, writeComment, type Written } from "../github/comments.ts";
import { reasonOf, statusOf } from "../github/failure.ts";
import { named, type RepositoryAccess } from "../github/repository.ts";
import type { Effect } from "../rules/words.ts";
import { commentBudget } from "../views/comment.ts";
import { decodeMarker, encodeMarker } from "../views/marker.ts";

/** What is on the pull request now; the reason where it could not be read. */
export type Known = { readonly comments: readonly OwnComment[] } | { readonly refused: string };

export async function findComments(access: RepositoryAccess, number: number, key: string): Promise<Known> {
  try {
    return { comments: await ownComments({ access, number, key }) };
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

/** Lengths to try, in characters: below GitHub's limit, then what a proxy or a server with a lower limit may still take. */
const budgets = [commentBudget, 30_000, 8_000] as const;

/** A comment to be written. */
export interface Draft {
  /** Renders it within so many characters. */
  readonly render: (budget: number) => string;
  /** Whether there is something to say where nothing has been said yet. */
  readonly isNews: boolean;
  /** The fingerprint of the verdicts that somebody accepted. */
  readonly accepted: string | undefined;
}

/** Writes the comment; undefined when there is none and none is needed. */
export async function publish(
  access: RepositoryAccess,
  number: number,
  key: string,
  known: Known,
  draft: Draft,
): Promise<Written | undefined> {
  if ("refused" in known) return draft.isNews ? { state: "refused", because: known.refused } : undefined;
  if (known.comments.length === 0 && !draft.isNews) return undefined;
  const [first, ...more] = budgets.map((budget) => marked(draft.render(budget), draft.accepted));
  return await writeComment({ access, number, key }, known.comments, [first!, ...more]);
}

/** The body with the acceptance in its marker, where later runs find it. */
function marked(body: string, accepted: string | undefined): string {
  const marker = accepted === undefined ? undefined : decodeMarker(body);
  if (marker === undefined || accepted === undefined) return body;
  return encodeMarker({ ...marker, accepted }) + body.slice(body.indexOf("\n"));
}

const prefix = "will-it-roll/";

/** Labels the pull request with its verdict and removes an earlier verdict. Returns why it could not, if so. */
export async function labelVerdict(
  access: RepositoryAccess,
  number: number,
  present: readonly string[],
  verdict: Effect,
): Promise<string | undefined> {
  const wanted = verdict === "none" ? undefined : `${prefix}${verdict}`;
  const target = { ...named(access), issue_number: number };
  try {
    for (const name of present.filter((label) => label.startsWith(prefix) && label !== wanted)) {
      try {
        await access.client.request("DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}", {
          ...target,
          name,
        });
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
      }
    }
    if (wanted !== undefined && !present.includes(wanted))
      await access.client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/labels", {
        ...target,
        labels: [wanted],
      });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
