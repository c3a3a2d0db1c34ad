/** The inputs of `action.yml` (a test keeps both in step). None has a default there, so that the configuration can set it. */
export const inputNames = [
  "base",
  "head",
  "paths",
  "config",
  "fail-on",
  "strict",
  "comment",
  "comment-key",
  "accept-label",
  "labels",
  "annotations",
  "targets",
  "git-timeout",
  "github-token",
] as const;
type InputName = (typeof inputNames)[number];

/** An input that is set; an empty one is not. */
export type Inputs = Readonly<Record<InputName, string | undefined>>;

/** An input or an event that makes no sense; says what to write instead. */
export class ActionError extends Error {
  override readonly name = "ActionError";
}

/** Reads inputs as the runner hands them over: `INPUT_` and the name in capitals. */
export function readInputs(environment: NodeJS.ProcessEnv): Inputs {
  const read = (name: InputName): string | undefined => {
    const text = environment[`INPUT_${name.toUpperCase()}`]?.trim();
    return text === "" ? undefined : text;
  };
  return Object.fromEntries(inputNames.map((name) => [name, read(name)])) as Record<InputName, string | undefined>;
}

/** The items of a list: one a line, or with commas between them. */
export const listOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** As `listOf`, of globs, whose braces hold commas too. */
export function globsOf(text: string): string[] {
  let depth = 0;
  const separated = Array.from(text, (character) => {
    if (character === "{") depth += 1;
    else if (character === "}") depth = Math.max(0, depth - 1);
    else if (character === "\n") depth = 0;
    else if (character === "," && depth === 0) return "\n";
    return character;
  });
  return separated
    .join("")
    .split("\n")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** @throws {ActionError} for anything but true and false */
export function switchOf(name: InputName, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  throw new ActionError(`input ${name}: write true or false, not ${JSON.stringify(text)}`);
}

/** @throws {ActionError} for a word that is not one of the choices */
export function choiceOf<T extends string>(
  name: InputName,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined)
    throw new ActionError(
      `input ${name}: write ${choices.join(", ").replace(/, (?=[^,]*$)/, " or ")}, not ${JSON.stringify(text)}`,
    );
  return found;
}
