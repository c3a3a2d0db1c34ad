/** The HTTP status of a failed request; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  return "response" in error && error.response !== undefined ? error.status : undefined;
}

/** A failed request in words, without what could hold a token. */
export function reasonOf(error: unknown): string {
  const status = statusOf(error);
  const message = error instanceof Error ? error.message.split(" - https://docs.")[0]! : String(error);
  return `${status === undefined ? "no answer" : status}: ${message.slice(0, 300)}`;
}
