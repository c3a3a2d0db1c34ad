import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import Bottleneck from "bottleneck/light.js";

/** Octokit without its names for every route of GitHub, which are most of its size. */
export type Client = InstanceType<typeof Configured>;
const Configured = Octokit.plugin(paginateRest, retry, throttling);

interface ClientOptions {
  readonly token: string;
  /** `GITHUB_API_URL`: that of GitHub Enterprise Server ends in `/api/v3`. */
  readonly apiUrl: string;
  readonly version: string;
}

/** The longest time that a rate limit is waited for, in seconds; a longer one is a failure. */
const patience = 90;
/** How long one request may take, in milliseconds. */
const timeout = 60_000;

/**
 * A client for one run. Reading is repeated a few times, and so is what a rate limit refused (GitHub then did nothing);
 * nothing is waited for without a bound.
 */
export function newClient({ token, apiUrl, version }: ClientOptions): Client {
  const waits = (retryAfter: number, _request: object, _client: object, retries: number): boolean =>
    retries < 2 && retryAfter <= patience;
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const client = new Configured({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ""),
    userAgent: `will-it-roll/${version}`,
    log: silent,
    throttle: {
      // The plugin's own group holds back every POST for a second, and queries of GraphQL are POST. The few writes of a run
      // follow each other anyway; those that notify people are still held apart.
      write: new Bottleneck.Group({ id: "will-it-roll-write", maxConcurrent: 4 }),
      onRateLimit: waits,
      onSecondaryRateLimit: waits,
      fallbackSecondaryRateRetryAfter: 30,
    },
    retry: { retries: 2 },
  });
  client.hook.wrap("request", async (request, options) => {
    const signal = AbortSignal.timeout(timeout);
    return await request({ ...options, request: { ...options.request, signal } });
  });
  return client;
}
