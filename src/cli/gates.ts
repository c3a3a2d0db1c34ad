import type { Report } from "../report/report.ts";
import { exitCodes } from "./errors.ts";
import { say } from "./output.ts";
import type { Settings } from "./settings.ts";

/** Incompleteness beats a finding: a gate that was not hit on half the evidence says little, and one that was will be again. */
export async function exitCodeOf(
  report: Report,
  settings: Pick<Settings, "configuration" | "failOn" | "strict">,
  anyEffect: boolean,
): Promise<number> {
  if (settings.strict && !report.complete) {
    say("--strict: the report is not complete, see its diagnostics");
    return exitCodes.incomplete;
  }
  const gates = settings.configuration.gates ?? [];
  if (settings.failOn.length === 0 && gates.length === 0)
    return anyEffect && report.verdict !== "none" ? exitCodes.gate : exitCodes.ok;
  const { breachesOf } = await import("../configuration/gates.ts");
  const breaches = breachesOf(report, { failOn: settings.failOn, anyEffect, gates });
  for (const { gate, because } of breaches) say(`gate ${gate}: ${because}`);
  return breaches.length > 0 ? exitCodes.gate : exitCodes.ok;
}
