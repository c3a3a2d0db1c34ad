import { readFileSync } from "node:fs";
import { ActionError } from "../../action/inputs.ts";
import { postReport } from "../../action/post-report.ts";
import { type Report, reportSchema } from "../../report/report.ts";
import { InputError } from "../../sources/input-error.ts";
import type { Arguments } from "../arguments.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { say } from "../output.ts";

/** Posts a report that another workflow made, on the pull request of the event. */
export async function comment({ operands, values }: Arguments): Promise<number> {
  if (values.from === undefined || operands.length > 0)
    throw new UsageError("comment which report? will-it-roll comment --from FILE");
  const report = readReport(values.from);
  try {
    const key = values["comment-key"];
    const posted = await postReport(report, { environment: process.env, ...(key === undefined ? {} : { key }) });
    say(posted === undefined ? "no comment was needed" : `comment ${posted.id} ${posted.state}`);
    return exitCodes.ok;
  } catch (error) {
    throw error instanceof ActionError ? new UsageError(error.message) : error;
  }
}

/** The file comes from a workflow that strangers can change, so it is checked like any other input. */
function readReport(path: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new InputError(
      "not-a-report",
      path,
      `cannot read the report ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const result = reportSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new InputError(
    "not-a-report",
    path,
    `${path} is no report of this program: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}. Make it with --format json`,
  );
}
