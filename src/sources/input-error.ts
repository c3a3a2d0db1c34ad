/** An input that cannot be read at all, which ends the run with exit code 3. The message says what, where and what to do. */
export class InputError extends Error {
  override readonly name = "InputError";
  /** Kebab-case and stable, so that whoever catches it can tell what another way may help: `shallow-clone`, `not-found`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
