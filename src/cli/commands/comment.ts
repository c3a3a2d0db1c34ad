import { ActionError } from "../../action/inputs.ts";
import { postReport } from "../../action/post-report.ts";
import type { Arguments } from "../arguments.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { say } from "../output.ts";
import { readReportFile } from "../report-file.ts";

/** Posts a report that another workflow made, on the pull request of the event. */
export async function comment({ operands, values }: Arguments): Promise<number> {
  if (values.from === undefined || operands.length > 0)
    throw new UsageError("comment which report? will-it-roll comment --from FILE");
  const report = readReportFile(values.from);
  if (report.shard !== undefined)
    throw new UsageError(
      `${values.from} is part ${report.shard.number} of ${report.shard.count}: will-it-roll merge joins the parts into the report to post`,
    );
  try {
    const key = values["comment-key"];
    const posted = await postReport(report, { environment: process.env, ...(key === undefined ? {} : { key }) });
    say(posted === undefined ? "no comment was needed" : `comment ${posted.id} ${posted.state}`);
    return exitCodes.ok;
  } catch (error) {
    throw error instanceof ActionError ? new UsageError(error.message) : error;
  }
}
