import { parseDuration } from "../../../rules/encodings/duration.ts";
import { parseNetwork } from "../../../rules/encodings/network.ts";
import { quantityOf } from "../../../rules/encodings/quantity.ts";
import { isCanonicalNetwork } from "../providers/cidr.ts";
import { azureReservationGroupProblem, azureResourceIdProblem } from "./azure-resource-id.ts";
import { certificateProblem } from "./certificate.ts";

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const namePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const isDnsLabel = (text: string): boolean => text.length <= 63 && label.test(text);
export const isDnsName = (text: string): boolean =>
  text.length <= 253 && text.split(".").every((part) => label.test(part));

/** A label or taint key: an optional DNS name and `/`, then a name of at most 63 characters. */
function isQualifiedName(text: string): boolean {
  const parts = text.split("/");
  if (parts.length > 2) return false;
  const name = parts.at(-1) ?? "";
  if (parts.length === 2 && !isDnsName(parts[0] ?? "")) return false;
  return name.length <= 63 && namePart.test(name);
}

const isLabelValue = (text: string): boolean => text.length <= 63 && labelValue.test(text);

const sysctlKey = /^(?:(?:[a-zA-Z0-9-][a-zA-Z0-9_/-]*|\*)\.)*[a-zA-Z0-9_/-]*[a-zA-Z0-9]$/;

function labelsProblem(entries: readonly (readonly [string, string])[]): string | undefined {
  for (const [key, value] of entries) {
    if (!isQualifiedName(key)) return `"${key}" is not a label key`;
    if (!isLabelValue(value)) return `the value of "${key}" is not a label value`;
  }
  return undefined;
}

const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/** ValidateAnnotationsSize in k8s.io/apimachinery, in bytes. */
const maxAnnotations = 256 * 1024;

function annotationsProblem(entries: readonly (readonly [string, string])[]): string | undefined {
  const wrong = entries.find(([key]) => !isQualifiedName(key.toLowerCase()));
  if (wrong !== undefined) return `"${wrong[0]}" is not an annotation key`;
  const size = entries.reduce((sum, entry) => sum + bytesIn(entry.join("")), 0);
  return size > maxAnnotations ? "annotations must not be longer than 262144 bytes together" : undefined;
}

function sysctlsProblem(entries: readonly (readonly [string, string])[]): string | undefined {
  for (const [key, value] of entries) {
    if (!sysctlKey.test(key) || key.length > 4086 || key.split(".").some((part) => part.length > 255))
      return `"${key}" is not a sysctl key`;
    if (value === "") return `sysctl "${key}" requires a non-empty value`;
  }
  return undefined;
}

/** What a map of texts must keep to, by the name that the API's shape gives. */
export const mapSyntax: Readonly<
  Record<string, (entries: readonly (readonly [string, string])[]) => string | undefined>
> = { labels: labelsProblem, annotations: annotationsProblem, sysctls: sysctlsProblem };

/** ValidateOIDCIssuerURL, as url.Parse of Go reads it: a query or fragment without anything in it is none. */
function urlProblem(text: string): string | undefined {
  const match = /^https:\/\/([^/?#]*)((?:\/[^?#]*)?)(\?[^#]+)?\??(#.+)?#?$/i.exec(text);
  const host = match?.[1] ?? "";
  if (host === "" || /[\s@]/.test(host) || /:(?!\d*$)[^:\]]+$/.test(host) || badEscape.test(match?.[2] ?? ""))
    return "must be a valid URL and have https scheme";
  return match?.[3] === undefined && match?.[4] === undefined ? undefined : "must have no query and no fragment";
}

const badEscape = /%(?![\da-f]{2})/i;

/** What can be encrypted at rest beyond Secrets: validateEncryptionConfig. */
function encryptedResourceProblem(text: string): string | undefined {
  const [, ...group] = text.split(".");
  return (
    must(text === text.toLowerCase(), "must be lower case") ??
    must(!text.endsWith("."), "must not end with a dot") ??
    must(!text.includes("*"), "wildcards are not supported") ??
    must(!["events.k8s.io", "extensions"].includes(group.join(".")), "this API group cannot be encrypted") ??
    must(text !== "secrets", "are always encrypted") ??
    must(!["apiserveripinfo", "serviceipallocations", "servicenodeportallocations"].includes(text), "has no REST API")
  );
}

function rotationProblem(text: string): string | undefined {
  const period = parseDuration(text) ?? 0n;
  const minute = 60_000_000_000n;
  return period === 0n || (period >= 30n * minute && period <= 90n * 24n * 60n * minute)
    ? undefined
    : "must be 0 or between 30m and 90d";
}

function quantityOrPercentProblem(text: string): string | undefined {
  // Not a quantity in the API, so nobody drops blanks around it.
  const quantity = text.trim() === text ? quantityOf(text) : undefined;
  if (quantity !== undefined && quantity.nano >= 0n) return undefined;
  const percent = /^(\d+)%$/.exec(text);
  if (percent === null) return "must be a resource quantity (200Mi) or a percentage (5%)";
  return Number(percent[1]) > 100 ? "must not be greater than 100%" : undefined;
}

const expanders = new Set(["least-waste", "most-pods", "priority", "random", "least-nodes"]);

const uuid = /^(?:urn:uuid:)?(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i;

/**
 * The versions that a CloudProfile offers are versions as semver.NewVersion reads them. What is none is completed from
 * them by its first one or two numbers (getDefaultMachineImage in plugin/pkg/shoot/mutator/admission.go), but as three
 * parts it is taken for a whole version, which nobody offers.
 */
function imageVersionProblem(text: string): string | undefined {
  if (text === "" || semanticVersion.test(text)) return undefined;
  const parts = text.replace(/^v/, "").split(".");
  const read = parts.length === 2 ? parts : parts.slice(0, 1);
  return must(parts.length !== 3 && read.every((part) => /^\d*$/.test(part)), "must be a semantic version");
}

const identifiers = "[\\dA-Za-z-]+(?:\\.[\\dA-Za-z-]+)*";
const semanticVersion = new RegExp(`^v?\\d+(?:\\.\\d+){0,2}(?:-${identifiers})?(?:\\+${identifiers})?$`);

/** ValidateCIDRParse and ValidateCIDRIsCanonical. */
function networkProblem(text: string): string | undefined {
  if (parseNetwork(text) === undefined) return "must be a network in CIDR notation";
  return must(isCanonicalNetwork(text), "must be canonical: no bit is set after the prefix");
}

const must = (holds: boolean, message: string): string | undefined => (holds ? undefined : message);

/** What a text must keep to, by the name that the API's shape gives. */
export const textSyntax: Readonly<Record<string, (text: string) => string | undefined>> = {
  required: (text) => must(text !== "", "must not be empty"),
  "non-empty": (text) => must(text !== "", "must not be empty"),
  "dns-suffix": (text) =>
    must(text.replace(/^\./, "").includes("."), "must contain at least one dot that does not lead") ??
    must(isDnsName(text.replace(/^\./, "").replace(/\.$/, "")), "must be a lower-case DNS name"),
  "no-comma": (text) => must(!text.includes(","), "must not contain commas"),
  "lower-case": (text) =>
    must(text === text.toLowerCase() && !/[,. #]/.test(text), "must be lower case without , . # or spaces"),
  "api-group": (text) =>
    must(text === text.toLowerCase() && !/[, #]/.test(text), "must be lower case without , # or spaces"),
  "dns-label": (text) => must(isDnsLabel(text), "must be a lower-case DNS label"),
  "dns-name": (text) => must(isDnsName(text), "must be a lower-case DNS name"),
  "qualified-name": (text) => must(isQualifiedName(text), "must be a label key"),
  "label-name": (text) => must(!text.includes("/") && isQualifiedName(text), "must be the name of a label"),
  "label-value": (text) => must(isLabelValue(text), "must be a label value of at most 63 characters"),
  "image-version": imageVersionProblem,
  "worker-name": (text) =>
    must(isDnsLabel(text), "must be a lower-case DNS label") ??
    must(text.length <= 15, "must have at most 15 characters"),
  "volume-name": (text) =>
    must(isDnsLabel(text), "must be a lower-case DNS label") ??
    must(text.length <= 15, "must have at most 15 characters"),
  "volume-size": (text) => must(/^\d+Gi$/.test(text), "must match the regex ^(\\d)+Gi$"),
  "quantity-or-percent": quantityOrPercentProblem,
  certificate: certificateProblem,
  "rotation-period": rotationProblem,
  "https-url": urlProblem,
  "encrypted-resource": encryptedResourceProblem,
  "positive-number": (text) => must(/^\+?0*[1-9]\d*$/.test(text), "must be a positive number"),
  expanders: (text) =>
    must(
      text.split(",").every((one) => expanders.has(one)),
      `must list only ${[...expanders].join(", ")}`,
    ),
  // Empty is unset: the fields of providers that use it are plain strings, or ask for a `size>=1` as well.
  network: (text) => (text === "" ? undefined : networkProblem(text)),
  uuid: (text) => must(uuid.test(text), "must be a UUID"),
  "azure-reservation-group": azureReservationGroupProblem,
  "azure-resource-id": (text) => azureResourceIdProblem(text, (one) => uuid.test(one)),
  cidr: networkProblem,
  // TestEmail in pkg/utils/miscellaneous.go.
  email: (text) => must(/^[^@]+@(?:[a-zA-Z\d-]+\.)+[a-zA-Z]{2,}$/.test(text), "must be an e-mail address"),
};
