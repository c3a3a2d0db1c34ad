/** An input that cannot be read at all, which ends the run with exit code 3. The message says what, where and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Kebab-case and stable: `not-found`, `not-readable`, `not-a-file`, `too-large`. */
  readonly code: string;
  readonly operand: string;

  constructor(code: string, operand: string, message: string) {
    super(message);
    this.code = code;
    this.operand = operand;
  }
}
