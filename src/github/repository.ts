import type { Client } from "./client.ts";

/** A repository and how to reach it. */
export interface RepositoryAccess {
  readonly client: Client;
  readonly owner: string;
  readonly repo: string;
}

/** The names that every request for this repository carries. */
export const named = ({ owner, repo }: RepositoryAccess): { readonly owner: string; readonly repo: string } => ({
  owner,
  repo,
});
