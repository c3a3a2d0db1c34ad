import type { Json } from "../manifests/manifest.ts";
import { rowsOf } from "../rules/conditions.ts";
import type { Condition, ConditionRow, Transition } from "../rules/words.ts";
import type { PathWords } from "./path-words.ts";

const transitions: Readonly<Record<Transition, string>> = {
  changed: "changes",
  replaced: "is set on both sides and changes",
  "once-set": "was set and changes",
  added: "is added",
  removed: "is removed",
  present: "is set and new or changed",
  standing: "is set",
  raised: "is raised",
  lowered: "is lowered",
};

const valueWords = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A condition as a sentence part: `gardener >= 1.134 and kubernetes.version < 1.34`. */
export const conditionWords = (condition: Condition, paths: PathWords): string =>
  joinedWords(rowsOf(condition), "and", paths);

/** Parts that are joined by another word get brackets. */
function joinedWords(rows: readonly ConditionRow[], joint: "and" | "or", paths: PathWords): string {
  const [only, ...more] = rows;
  if (only !== undefined && more.length === 0) return rowWords(only, paths);
  return rows
    .map((row) => {
      const inner = joint === "and" ? row.any : row.all;
      const words = rowWords(row, paths);
      return inner !== undefined && inner.length > 1 ? `(${words})` : words;
    })
    .join(` ${joint} `);
}

function rowWords(row: ConditionRow, paths: PathWords): string {
  if (row.all !== undefined) return joinedWords(row.all, "and", paths);
  if (row.any !== undefined) return joinedWords(row.any, "or", paths);
  if (row.not !== undefined) return notWords(row.not, paths);
  if (row.check !== undefined) return row.check.replace(/^.*\//, "").replaceAll("-", " ");
  const subject = [subjectWords(row, paths), sideWords(row)].filter((part) => part !== "").join(" ");
  const tests = testWords(row);
  return tests.length === 0 ? subject : tests.map((test) => `${subject} ${test}`).join(" and ");
}

function notWords(condition: Condition, paths: PathWords): string {
  const [only, ...more] = rowsOf(condition);
  const isPlain = only !== undefined && more.length === 0 && (only.is ?? only.in) !== undefined;
  if (!isPlain || testWords(only).length > 1) return `not (${conditionWords(condition, paths)})`;
  return rowWords(only, paths)
    .replace(/ is one of /, " is none of ")
    .replace(/ is (?!none of )/, " is not ");
}

function subjectWords({ path, target, option }: ConditionRow, paths: PathWords): string {
  if (target !== undefined) return `version of ${target}`;
  if (option !== undefined) return `landscape option ${option}`;
  return paths(path ?? []).join(", else ");
}

const sideWords = ({ side }: ConditionRow): string =>
  side === undefined ? "" : side === "either" || side === "both" ? `on ${side} sides` : `in the ${side}`;

function testWords(row: ConditionRow): string[] {
  const words: string[] = [];
  if (row.is !== undefined) words.push(`is ${valueWords(row.is)}`);
  if (row.in !== undefined) words.push(`is one of ${row.in.map(valueWords).join(", ")}`);
  if (row.set !== undefined) words.push(row.set ? "is set" : "is not set");
  if (row.from !== undefined) words.push(`>= ${row.from}`);
  if (row.before !== undefined) words.push(`< ${row.before}`);
  if (row.transition !== undefined) words.push(transitions[row.transition]);
  if (row.matches !== undefined) words.push(`matches ${row.matches}`);
  return words;
}

/** Which change of a value is meant. */
export const transitionWords = (transition: Transition): string => transitions[transition];
