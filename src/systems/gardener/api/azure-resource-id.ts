/** What is above the next part of an ID: it decides what that part may be. */
type Level = "tenant" | "subscription" | "group" | "other";

interface ResourceId {
  readonly subscription?: string;
  readonly group?: string;
  /** The type in lower case where a provider is before it and nothing is nested below: microsoft.compute/TYPE/NAME. */
  readonly type: string | undefined;
}

const isWord = (part: string | undefined, word: string): boolean => part?.toLowerCase() === word;

/**
 * ParseResourceID of Azure/azure-sdk-for-go sdk/azcore/arm, as far as provider-azure looks at its answer: undefined where
 * it gives an error. Empty parts do not count, and the words are read in any case.
 */
function parseResourceId(text: string): ResourceId | undefined {
  let parts = text
    .split("/")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (!text.startsWith("/") || parts.length < 2) return undefined;
  if (!["subscriptions", "providers"].some((word) => isWord(parts[0], word))) return undefined;
  let level: Level = "tenant";
  let id: ResourceId = { type: undefined };
  while (parts.length > 1) {
    const [kind, name = "", third] = parts;
    if (isWord(kind, "providers")) {
      const isAlone = parts.length === 2 || isWord(third, "providers");
      if (isAlone ? level !== "tenant" && level !== "subscription" : parts.length === 3) return undefined;
      level = "other";
      id = { ...id, type: isAlone ? undefined : third?.toLowerCase() };
      parts = parts.slice(isAlone ? 2 : 4);
      continue;
    }
    id = { ...id, type: undefined };
    if (level === "tenant" && isWord(kind, "subscriptions")) {
      level = "subscription";
      id = { ...id, subscription: name };
    } else if (level === "subscription" && isWord(kind, "resourcegroups")) {
      level = "group";
      id = { ...id, group: name };
    } else level = "other";
    parts = parts.slice(2);
  }
  // A type without a name is fine below a resource, but there is no group without a name, and none with a bare type.
  if (parts.length === 1 && (level === "group" || (level === "subscription" && isWord(parts[0], "resourcegroups"))))
    return undefined;
  return parts.length === 1 ? { ...id, type: undefined } : id;
}

/** validateResourceGroupName. */
export const groupName = /^[A-Za-z\d_().-]{1,89}[A-Za-z\d_()-]$/;

/** validateResourceID of provider-azure: a subscription is a UUID, and a resource group has a name that Azure allows. */
export function azureResourceIdProblem(text: string, isUuid: (text: string) => boolean): string | undefined {
  const id = parseResourceId(text);
  if (id === undefined) return "must be an Azure resource ID: /subscriptions/ID/resourceGroups/NAME/providers/...";
  if (id.subscription !== undefined && !isUuid(id.subscription)) return "must name the subscription by its UUID";
  return id.group === undefined || groupName.test(id.group) ? undefined : "must name a valid resource group";
}

/** validateCapacityReservationConfig of provider-azure: the type counts in any case, subscription and group do not. */
export const azureReservationGroupProblem = (text: string): string | undefined =>
  parseResourceId(text)?.type === "capacityreservationgroups"
    ? undefined
    : "must be the resource ID of a capacity reservation group: /subscriptions/ID/.../capacityReservationGroups/NAME";
