/** Whether a request failed, and not this program. GraphQL answers 200 to what it refuses, and says why in the answer. */
export const isFailedRequest = (error: unknown): error is Error =>
  error instanceof Error && ("status" in error || "response" in error);

/** What REST answers where GraphQL lists an error of this type. */
const statusOfType: Readonly<Record<string, number>> = { FORBIDDEN: 403, NOT_FOUND: 404, RATE_LIMITED: 429 };

/** A rate limit is refused as if a permission were missing, and only its words tell: with 403, and by REST with 429 too. */
const isLimited = (error: Error): boolean => /\b(?:rate limit|abuse detection)\b/i.test(error.message);

/** The HTTP status of a failed request, or what stands for it; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  if (!isFailedRequest(error) || !("response" in error) || error.response === undefined) return undefined;
  if ("status" in error) {
    if (error.status === 403 && isLimited(error)) return 429;
    return typeof error.status === "number" ? error.status : undefined;
  }
  const listed = "errors" in error && Array.isArray(error.errors) ? (error.errors as readonly unknown[]) : [];
  const types = listed.flatMap((one) =>
    typeof one === "object" && one !== null && "type" in one && typeof one.type === "string" ? [one.type] : [],
  );
  return types.map((type) => statusOfType[type]).find((status) => status !== undefined) ?? 200;
}

/** A failed request in words, without what could hold a token. */
export function reasonOf(error: unknown): string {
  const status = statusOf(error);
  const message = error instanceof Error ? error.message.split(" - https://docs.")[0]! : String(error);
  const line = message.replaceAll(/\s*\n\s*(?:- )?/g, " ");
  return `${status === undefined ? "no answer" : status}: ${line.slice(0, 300)}`;
}
