import type { Json } from "../../../manifests/manifest.ts";
import type { Problem } from "../api/problems.ts";
import { isEncryptionRollingOut, phaseOf } from "../operations/rotation-phases.ts";
import { at, isHibernationEnabled, isSelfHosted, items, text } from "../shoot.ts";
import { cronProblem } from "./cron.ts";

/** ValidateHibernation: schedules that cron reads, each time named once, in a time zone that there is. */
export function* hibernationProblems(shoot: Json): Generator<Problem> {
  const place = ["spec", "hibernation"];
  if (at(shoot, "/spec/hibernation") === undefined) return;
  if (isSelfHosted(shoot)) {
    yield { path: place, message: "hibernation is not supported for self-hosted shoots" };
    return;
  }
  const seen = new Set<string>();
  for (const [index, schedule] of items(at(shoot, "/spec/hibernation/schedules")).entries()) {
    const path = [...place, "schedules", String(index)];
    const times = ["start", "end"].flatMap((name) => {
      const time = text(at(schedule, `/${name}`));
      return time === undefined ? [] : [{ path: [...path, name], time }];
    });
    if (times.length === 0) yield { path, message: "either start or end has to be provided" };
    for (const { path: of, time } of times) {
      const problem = cronProblem(time) ?? (seen.has(time) ? "is the time of another schedule as well" : undefined);
      if (problem !== undefined) yield { path: of, message: `"${time}" is not a schedule of its own: ${problem}` };
      seen.add(time);
    }
    const location = text(at(schedule, "/location")) ?? "";
    if (!isTimeZone(location))
      yield { path: [...path, "location"], message: `"${location}" is not a time zone such as Europe/Berlin` };
  }
}

/** time.LoadLocation, which minds the case of the letters. */
function isTimeZone(location: string): boolean {
  if (["", "UTC", "Local"].includes(location)) return true;
  // Offsets such as +01:00 are time zones of JavaScript alone.
  if (/^[+-]/.test(location) || resolvedZone(location) === undefined) return false;
  zones ??= new Map(Intl.supportedValuesOf("timeZone").map((zone) => [zone.toLowerCase(), zone]));
  const zone = zones.get(location.toLowerCase());
  // No alias is all lower case either.
  return zone === undefined ? location !== location.toLowerCase() : zone === location;
}

function resolvedZone(location: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: location }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Time zones by their names in lower case; aliases are not among them. */
let zones: ReadonlyMap<string, string> | undefined;

/** The phases of rotations during which a Shoot must not go to sleep. */
const awake: Readonly<Record<"etcdEncryptionKey" | "serviceAccountKey", readonly string[]>> = {
  etcdEncryptionKey: ["Preparing", "Completing"],
  serviceAccountKey: ["Preparing", "PreparingWithoutWorkersRollout", "Completing"],
};

/** validateHibernationUpdate and validateShootHibernation, by the status where the manifest was read from a cluster. */
export function* hibernationUpdates(base: Json, head: Json): Generator<Problem> {
  if (isHibernationEnabled(base) || !isHibernationEnabled(head)) return;
  const report = (message: string): Problem => ({ path: ["spec", "hibernation", "enabled"], message });
  for (const rotation of ["etcdEncryptionKey", "serviceAccountKey"] as const) {
    const phase = phaseOf(base, rotation);
    if (awake[rotation].includes(phase))
      yield report(`cannot be set while status.credentials.rotation.${rotation}.phase is ${phase}`);
  }
  if (isEncryptionRollingOut(base, base))
    yield report("cannot be set while a change of the encryption of etcd is being rolled out");
  const constraint = items(at(base, "/status/constraints")).find((one) => at(one, "/type") === "HibernationPossible");
  if (constraint !== undefined && at(constraint, "/status") !== "True")
    yield report(
      "cannot be set while the constraint HibernationPossible does not hold: webhooks would keep it from waking up",
    );
}
