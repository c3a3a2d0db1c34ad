import { isList } from "../../manifests/json-list.ts";
import type { Json } from "../../manifests/manifest.ts";
import { canonicalText } from "../canonical.ts";
import { type Encoding, Unknown } from "../functions.ts";
import { minorOf, versionText } from "../version.ts";
import { parseDuration } from "./duration.ts";
import { isTrueText } from "./parse-bool.ts";
import { quantityOf, quantityText } from "./quantity.ts";

const unreadable = (what: string, value: Json): Unknown =>
  new Unknown(`${canonicalText(value)} is not a ${what}`, `${what} ${canonicalText(value)}`);

/** A quantity as Go prints it: `1024Mi` is `1Gi`, `1073741824` is itself. */
const quantity: Encoding = (value) => {
  const read = quantityOf(value);
  return read === undefined ? unreadable("quantity", value) : quantityText(read);
};

/** A duration by its length: `240s` is `4m0s`. */
const duration: Encoding = (value) => {
  const read = typeof value === "string" ? parseDuration(value) : undefined;
  return read === undefined ? unreadable("duration", value) : `${read}ns`;
};

/** `1.34.1` to `1.34`. */
const minorVersion: Encoding = (value) =>
  (typeof value === "string" ? minorOf(value) : undefined) ?? unreadable("version", value);

/** A version without `v`, pre-release and build parts. */
const version: Encoding = (value) =>
  (typeof value === "string" ? versionText(value) : undefined) ?? unreadable("version", value);

/** Only whether something is there. */
const presence: Encoding = () => true;

/** Only whether a text says yes, as Go's strconv.ParseBool reads it: whatever else stands there is as nothing. */
const affirmed: Encoding = (value) => (typeof value === "string" && isTrueText(value) ? true : undefined);

/** An empty list, map or text is the same as none. */
const nonEmpty: Encoding = (value) => {
  if (value === "" || value === null) return undefined;
  if (typeof value === "object" && Object.keys(value).length === 0) return undefined;
  return value;
};

/** A map without the keys whose value is null: an apply removes them. */
const withoutNulls: Encoding = (value) =>
  typeof value === "object" && value !== null && !isList(value)
    ? Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null))
    : value;

/** A list of texts without its order, as Go's sort.Strings leaves it. */
const sorted: Encoding = (value) => (isList(value) ? value.map(canonicalText).toSorted() : unreadable("list", value));

/** Encodings that every system's tables may name. */
export const encodings: Readonly<Record<string, Encoding>> = {
  quantity,
  duration,
  "minor-version": minorVersion,
  version,
  presence,
  affirmed,
  sorted,
  "non-empty": nonEmpty,
  "without-nulls": withoutNulls,
};
