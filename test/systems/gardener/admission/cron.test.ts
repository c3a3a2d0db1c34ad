import assert from "node:assert/strict";
import { test } from "node:test";
import { cronProblem } from "../../../../src/systems/gardener/admission/cron.ts";

test("schedules that the controller's cron reads", () => {
  const taken = [
    "0 20 * * 1,2,3,4,5",
    "00 20 * * MON-fri",
    "  5/10  6-22/2 ? jan,12 *  ",
    "* * 1-31 * sun",
    "0 0 , * 0",
    "*-9 0 1 1 0",
    "@daily",
    "@every 1h30m",
  ];
  for (const schedule of taken) assert.equal(cronProblem(schedule), undefined, schedule);
});

test("schedules that it refuses", () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ["", /expected 5 fields, found 0/],
    ["0 20 * *", /found 4/],
    ["0 0 20 * * 1", /found 6/],
    ["60 1 * * *", /minute "60" is not between 0 and 59/],
    ["0 24 * * *", /hour "24"/],
    ["0 20 0 * *", /day of the month "0"/],
    ["0 20 * 13 *", /month "13"/],
    // Sunday is 0: many other readers of cron take 7 too.
    ["0 20 * * 7", /day of the week "7" is not between 0 and 6/],
    ["0 20 * * fri-mon", /ends before it begins/],
    ["0 20 * * 1-2-3", /is not a range/],
    ["0 1/2/3 * * *", /is not a range/],
    ["*/0 * * * *", /step that is not positive/],
    ["tonight * * * *", /is not a number/],
    ["0 20 * * L", /is not a number/],
    ["@nightly", /unknown descriptor/],
    ["@every day", /unknown descriptor/],
    ["CRON_TZ=UTC 0 20 * * *", /found 6/],
  ];
  for (const [schedule, problem] of refused) assert.match(cronProblem(schedule) ?? "", problem, schedule);
});
