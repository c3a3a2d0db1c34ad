/** What the exit codes mean; they are public. An error beats a finding: 2 and 3 come before 4, and 4 before 1. */
export const exitCodes = {
  ok: 0,
  gate: 1,
  usage: 2,
  input: 3,
  incomplete: 4,
  /** A bug in this program: `EX_SOFTWARE` of sysexits.h, so that it is never taken for a finding. */
  bug: 70,
} as const;

/** The command line or a configuration file is wrong: says what, and what to write instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
