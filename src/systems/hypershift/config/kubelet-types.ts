import type { Json } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import { GoTypeError, listOf, type Shape, struct, throughGo } from "../go/struct.ts";
import { kubeletFields } from "./kubelet-fields.ts";

const text: Shape = { is: "string" };
const flag: Shape = { is: "bool" };
const duration: Shape = {
  is: "scalar",
  read: (value, place) => {
    if (typeof value !== "string" || parseDuration(value) === undefined)
      throw new GoTypeError(place, "a text such as 10m");
    return value;
  },
};
const all = (names: readonly string[], shape: Shape): Record<string, Shape> =>
  Object.fromEntries(names.map((name) => [name, shape]));

type Whole = (shape: Shape) => Shape;
const configurationOf = (whole: Whole): Shape =>
  struct({
    ...all(kubeletFields.texts, text),
    ...all(kubeletFields.int32s, whole({ is: "int", bits: 32 })),
    ...all(kubeletFields.int64s, whole({ is: "int" })),
    ...all(kubeletFields.flags, flag),
    ...all(kubeletFields.durations, duration),
    ...all(kubeletFields.textMaps, { is: "map", of: text }),
    ...all(kubeletFields.textLists, listOf(text)),
    featureGates: { is: "map", of: flag },
    memorySwap: struct({ swapBehavior: text }),
    crashLoopBackOff: struct({ maxContainerRestartPeriod: duration }),
    authentication: struct({
      x509: struct({ clientCAFile: text }),
      webhook: struct({ enabled: flag, cacheTTL: duration }),
      anonymous: struct({ enabled: flag }),
    }),
    shutdownGracePeriodByPodPriority: listOf(
      struct({ priority: { is: "int", bits: 32 }, shutdownGracePeriodSeconds: { is: "int" } }),
    ),
  });
const plain = configurationOf((shape) => shape);
const unquoted = configurationOf((shape) => ({
  is: "scalar",
  read: (value, place) => (isQuotedNumber(value) ? value : throughGo(shape, value, place)),
}));

const isQuotedNumber = (value: Json): boolean => typeof value === "string" && /^-?\d{1,18}$/.test(value);

/** What of a KubeletConfiguration does not fit its type; what the type does not know is passed over. */
export const kubeletMisfit = (kubelet: Json | undefined): string | undefined => misfitOf(plain, kubelet);

/** The same, but for numbers in quotes. */
export const kubeletMisfitUnquoted = (kubelet: Json | undefined): string | undefined => misfitOf(unquoted, kubelet);

function misfitOf(shape: Shape, kubelet: Json | undefined): string | undefined {
  try {
    throughGo(shape, kubelet, "kubeletConfig");
    return undefined;
  } catch (error) {
    if (!(error instanceof GoTypeError)) throw error;
    return error.message;
  }
}
