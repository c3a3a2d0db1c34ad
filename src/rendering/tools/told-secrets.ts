import { posix } from "node:path";
import { isList, listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json } from "../../manifests/manifest.ts";
import { readValue } from "../../manifests/read-value.ts";
import { splitFile } from "../../manifests/read.ts";
import { isSecretBeside, isSecretKey } from "../../manifests/secret-names.ts";

/** What a tool was given, by path; texts that are no files have made-up paths. */
type Given = Iterable<readonly [path: string, bytes: Uint8Array]>;

/** Bytes of what a tool was given that are looked through when it fails; of more than that nothing it says is shown. */
export const mostLookedThrough = 16 * 1024 * 1024;
/** A shorter text is a part of too many words. */
const shortest = 4;
const hidden = "(hidden)";

/**
 * What a failed tool said, without the secrets in what it was given. It quotes what it stumbles over: a literal without `=`, a
 * value that a schema refuses, an anchor that is a password without its quotes.
 */
export function withoutToldSecrets(message: string, given: Given): string {
  const files = new Map(given);
  const bytes = [...files.values()].reduce((sum, one) => sum + one.length, 0);
  if (bytes > mostLookedThrough) return "it was given too much to look through for secrets in what it said";
  const found = new Set<string>();
  for (const [path, content] of files) {
    const { secrets, environments } = heldIn(content);
    for (const secret of secrets) if (message.includes(secret)) found.add(secret);
    const lines = new Set<string>();
    for (const name of environments) {
      const text = new TextDecoder().decode(files.get(posix.join(posix.dirname(path), name)));
      for (const line of text.split("\n")) addText(line, lines);
    }
    for (const line of lines) if (message.includes(line)) found.add(line);
  }
  const longestFirst = [...found].toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((text, secret) => text.replaceAll(secret, hidden), message);
}

interface Held {
  readonly secrets: ReadonlySet<string>;
  /** The files of environment variables that go into Secrets, as the file names them. */
  readonly environments: readonly string[];
}

/** Many folders build on one file, and may all fail. */
const heldBy = new WeakMap<Uint8Array, Held>();

function heldIn(bytes: Uint8Array): Held {
  let held = heldBy.get(bytes);
  if (held !== undefined) return held;
  const secrets = new Set<string>();
  const environments: string[] = [];
  for (const document of splitFile({ path: "", bytes })) {
    const value = readValue(document);
    if (value === undefined) collectLines(document.text, secrets);
    else {
      collect(value, false, secrets);
      environments.push(...environmentsOf(value));
    }
  }
  heldBy.set(bytes, (held = { secrets, environments }));
  return held;
}

const environmentsOf = (value: Json): string[] =>
  generatorsOf(value).flatMap(({ env, envs }) =>
    [env, ...(isList(envs) ? envs : [])].flatMap((name) => (typeof name === "string" ? name : [])),
  );

const generatorsOf = (value: Json) =>
  isObject(value)
    ? [...listOf(value["secretGenerator"]), ...(value["kind"] === "SecretGenerator" ? [value] : [])].filter(isObject)
    : [];

function collect(value: Json, isSecret: boolean, found: Set<string>): void {
  if (isList(value)) for (const item of value) collect(item, isSecret, found);
  else if (isObject(value)) {
    for (const { literals } of generatorsOf(value)) collect(literals ?? null, true, found);
    for (const [key, inner] of Object.entries(value)) {
      const ofSecret = value["kind"] === "Secret" && (key === "data" || key === "stringData");
      collect(inner, isSecret || ofSecret || isSecretKey(key) || isSecretBeside(value, key), found);
    }
  } else if (isSecret && value !== null) addText(String(value), found);
}

/** A text that cannot be read: what stands behind the keys of secrets. */
function collectLines(text: string, found: Set<string>): void {
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    const key = line.slice(0, Math.max(0, colon)).replaceAll(/[\s"'{-]/g, "");
    if (colon > 0 && key.length <= 128 && isSecretKey(key)) addText(line.slice(colon + 1), found);
  }
}

/** A secret as a whole, by its lines, behind the first `=`, and without the signs that a message leaves out. */
function addText(text: string, found: Set<string>): void {
  for (const line of [text, ...text.split("\n")])
    for (const part of [line, line.slice(line.indexOf("=") + 1)]) {
      const bare = part
        .trim()
        .replace(/^[*&!"'%@`[{]+/, "")
        .replace(/["'\]},]+$/, "");
      for (const form of [part.trim(), JSON.stringify(part).slice(1, -1), bare])
        if (form.length >= shortest) found.add(form);
    }
}
