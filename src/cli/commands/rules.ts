import { readFileSync } from "node:fs";
import { effectWords, type RuleCard, ruleCards } from "../../reference/rule-card.ts";
import { effects } from "../../rules/words.ts";
import { reasonAndAdvice } from "../../sources/files.ts";
import { InputError } from "../../sources/input-error.ts";
import { loadTables } from "../../systems/on-demand.ts";
import { didYouMean, nearestWord } from "../../validation/nearest-word.ts";
import type { Arguments } from "../arguments.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { textOrJson } from "../formats.ts";
import { say, toStdout } from "../output.ts";
import { plainText } from "../plain-text.ts";
import { readSettings } from "../settings.ts";

const actions = ["list", "show", "check"];

/** `rules list`, `rules show ID` and `rules check FILE...`. */
export async function rules({ operands, values }: Arguments): Promise<number> {
  const [action = "list", ...rest] = operands;
  if (!actions.includes(action))
    throw new UsageError(`rules cannot ${action}${didYouMean(action, actions)}: one of ${actions.join(", ")}`);
  if (action === "check") {
    if (values.format !== undefined)
      throw new UsageError("rules check takes no --format: its exit code says whether the files are valid");
    return check(rest);
  }
  const isJson = textOrJson(`rules ${action}`, values.format) === "json";
  const { rules: own } = await readSettings(values);
  const cards = (await loadTables(own)).flatMap(ruleCards);
  if (action === "list" && rest.length > 0)
    throw new UsageError(
      `rules list takes no operand: will-it-roll rules show ${rest.join(" ")}, or will-it-roll rules list | grep ${rest.join(" ")}`,
    );
  const wanted = action === "list" ? cards : cardOf(cards, rest);
  const text = Array.isArray(wanted) ? list(wanted) : page(wanted);
  await toStdout(isJson ? `${JSON.stringify(wanted, undefined, 2)}\n` : plainText(text));
  return exitCodes.ok;
}

function cardOf(cards: readonly RuleCard[], [id, ...more]: readonly string[]): RuleCard {
  if (id === undefined || more.length > 0) throw new UsageError("show which rule? will-it-roll rules show ID");
  const found = cards.filter(({ name }) => name === id || name.endsWith(`/${id}`));
  if (found.length > 1)
    throw new UsageError(`several rules are called ${id}: ${found.map(({ name }) => name).join(", ")}`);
  const [card] = found;
  if (card !== undefined) return card;
  const [, system, word = id] = /^(.*\/)(.*)$/.exec(id) ?? [];
  const near = cards.flatMap(({ name }) =>
    system === undefined ? [name.replace(/^.*\//, "")] : name.startsWith(system) ? [name.slice(system.length)] : [],
  );
  const nearest = nearestWord(word, near);
  const hint = nearest === undefined ? "" : ` (did you mean "${system ?? ""}${nearest}"?)`;
  throw new UsageError(`no rule is called ${id}${hint}; see will-it-roll rules list`);
}

async function check(files: readonly string[]): Promise<number> {
  if (files.length === 0) throw new UsageError("check which file? will-it-roll rules check FILE");
  const { readRuleFiles } = await import("../../configuration/rule-files.ts");
  const sources = files.map((path) => {
    try {
      return { path, bytes: readFileSync(path) };
    } catch (error) {
      throw new InputError("not-readable", `cannot read ${path}: ${reasonAndAdvice(error)}`);
    }
  });
  const parts = await readRuleFiles(sources);
  // A path that does not fit its roots shows only when the whole table is put together.
  await loadTables(parts);
  say(`${files.length === 1 ? "the file is" : `all ${files.length} files are`} valid`);
  return exitCodes.ok;
}

/** What the rule may do, the strongest first. Under which strategy or condition it does which, `rules show` says. */
function effectsOf(card: RuleCard): string {
  const all = new Set([...card.cases, card].flatMap((one) => Object.values(one.effects)));
  return effects.filter((effect) => all.has(effect)).join(", ");
}

function list(cards: readonly RuleCard[]): string {
  const rows = cards.map((card) => [card.name, effectsOf(card), card.fields] as const);
  const width = (column: 0 | 1): number => Math.max(0, ...rows.map((row) => row[column].length));
  const [ofNames, ofEffects] = [width(0), width(1)];
  return rows
    .map(([name, words, [field = "", ...more]]) =>
      `${name.padEnd(ofNames)}  ${words.padEnd(ofEffects)}  ${field}${more.length > 0 ? ", ..." : ""}`.trimEnd(),
    )
    .map((row) => `${row}\n`)
    .join("");
}

function page(card: RuleCard): string {
  const rows: (readonly [string, string])[] = [
    ["rule", `${card.name} (${card.type})`],
    ...card.fields.map((field, index) => [index === 0 ? "fields" : "", field] as const),
    ["condition", card.condition],
    ...card.cases.map((one) => ["case", `${one.condition}: ${effectWords(one.effects)}`] as const),
    ["effect", effectWords(card.effects)],
    ["because", card.because],
    ["instead", card.instead],
    ["source", card.source],
  ];
  return rows
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `${key.padEnd(11)}${value}\n`)
    .join("");
}
