import { bounds } from "../bounds.ts";

/** Below this many decoded nodes aliases may make up nearly all of them; above, less and less (go-yaml `decode.go`). */
const low = 400_000;
const high = 4_000_000;

/** go-yaml's test against documents that grow by aliases. */
export class AliasShare {
  /** The document counts as a node. */
  #decoded = 1;
  #fromAliases = 0;

  /** Counts a node. Returns whether too many of them come from aliases now. */
  add(isFromAlias: boolean): boolean {
    this.#decoded += 1;
    if (isFromAlias) this.#fromAliases += 1;
    return this.#fromAliases > 100 && this.#decoded > 1000 && this.#fromAliases / this.#decoded > this.#allowed();
  }

  #allowed(): number {
    if (this.#decoded <= low) return bounds.aliasShare;
    return this.#decoded >= high
      ? 0.1
      : bounds.aliasShare - ((bounds.aliasShare - 0.1) * (this.#decoded - low)) / (high - low);
  }
}
