import { type Problem, problemText } from "./problems.ts";

/** A configuration or a file of rules is wrong; every problem is a line of the message. */
export class ProblemsError extends Error {
  override readonly name = "ProblemsError";
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemText).join("\n"));
    this.problems = problems;
  }
}
