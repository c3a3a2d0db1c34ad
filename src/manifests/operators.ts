import { blocksAround } from "./blocks-around.ts";
import { type Document, positionIn } from "./document.ts";
import { exactText } from "./exact-text.ts";
import { addTo } from "./group-by.ts";
import type { Interest, Operator } from "./interest.ts";
import { isList } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Diagnostic, Json, Position } from "./manifest.ts";
import type { ChangedDocuments } from "./pair-documents.ts";
import { readValue } from "./read-value.ts";
import { stringsIn } from "./strings-in.ts";
import { unrendered } from "./unrendered.ts";

const mentions = ({ programs }: Operator, text: string): boolean => programs.some((program) => text.includes(program));

/** Whether a command or a script starts it: elsewhere its name may be that of a namespace. */
const starts = ({ programs }: Operator, text: string): boolean =>
  programs.some((program) => new RegExp(String.raw`(?:^|[\s/])${program}(?:\s|$)`).test(text));

/** Whether a text may run an operator or hold its settings. */
export const mentionsOperator = (text: string, { operators }: Pick<Interest, "operators">): boolean =>
  operators.some((operator) => mentions(operator, text));

/** Reports manifests that change the settings of an operator, which reach the nodes of everything that it manages. */
export function changedOperators(changed: ChangedDocuments, { operators }: Pick<Interest, "operators">): Diagnostic[] {
  return operators.flatMap((operator) =>
    versionsOf(operator, changed).flatMap(([before, after]): Diagnostic[] => {
      const document = after ?? before;
      if (document === undefined) return [];
      const say = (position: Position, what: string): Diagnostic[] => [
        unrendered(`${operator.title} ${what}: ${operator.because}`, position),
      ];
      const [old, now] = [before, after].map((one) => settingsIn(operator, one));
      if (old === undefined || now === undefined) {
        const place = firstDifference(operator, [before, after]);
        if (place === undefined) return [];
        return say(positionIn(document, place), "may get other settings from this text, which is not a manifest yet");
      }
      // An operator that is added or removed has no nodes yet, or keeps them; settings may be in an object of their own.
      if ((before === undefined || after === undefined) && (old.has(image) || now.has(image))) return [];
      const differing = [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
      const [first] = differing;
      if (first === undefined) return [];
      const position = positionIn(document, Math.max(0, document.text.indexOf(first)));
      return say(position, `gets other settings here (${differing.join(", ")})`);
    }),
  );
}

/**
 * Where two versions of a text differ that cannot be read, in the later one. What is no manifest may hold the settings of many
 * programs: there only those beside the name of the operator count.
 */
function firstDifference({ name, flags, variables }: Operator, [before, after]: Versions): number | undefined {
  if (before === undefined || after === undefined || [before, after].some(({ text }) => /^kind["']?:/m.test(text)))
    return 0;
  const words = [name, ...flags, ...variables];
  const [old, now] = [blocksAround(before.text, words), blocksAround(after.text, words)];
  if (old.join("\n") === now.join("\n")) return undefined;
  const known = new Set(old);
  const line = now.find((one) => !known.has(one));
  return line === undefined ? 0 : Math.max(0, after.text.indexOf(line));
}

type Versions = readonly [before: Document | undefined, after: Document | undefined];

/** The changed documents that concern an operator: with what stood in their place, else with one that stood elsewhere. */
function versionsOf(operator: Operator, { base, head, earlier }: ChangedDocuments): Versions[] {
  const concerns = ({ text }: Document): boolean => mentions(operator, text);
  const concerned = head.filter(concerns);
  const kept = new Map(
    concerned.flatMap((document) => {
      const before = earlier.get(document);
      return before !== undefined && concerns(before) ? [[document, before] as const] : [];
    }),
  );
  const isKept = new Set(kept.values());
  const gone = base.filter((document) => !isKept.has(document) && concerns(document));
  const found = concerned.map((document): Versions => [kept.get(document) ?? gone.shift(), document]);
  return [...found, ...gone.map((document): Versions => [document, undefined])];
}

const image = "image";

/** The settings that a document gives it: none where there is no document, undefined where it cannot be read. */
function settingsIn(operator: Operator, document: Document | undefined) {
  if (document === undefined) return new Map<string, string>();
  const value = readValue(document);
  return value === undefined ? undefined : settingsOf(operator, value);
}

/** The settings that reach nodes, by their names. */
function settingsOf(operator: Operator, value: Json): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  const inText = (text: string): void => {
    for (const name of [...operator.flags, ...operator.variables])
      for (const [, setting = ""] of text.matchAll(new RegExp(String.raw`${name}(?:=|\s+)("[^"]*"|'[^']*'|\S+)`, "g")))
        addTo(found, name, unquoted(setting));
  };
  const visit = (one: Json): void => {
    if (typeof one === "string") inText(one);
    else if (isList(one)) {
      // A flag and its value may be two arguments.
      if (one.every((item) => typeof item === "string")) inText(one.join("\n"));
      else one.forEach(visit);
    } else if (isObject(one)) {
      const { name, image: runsImage, command, args, ...rest } = one;
      if (typeof name === "string" && operator.variables.includes(name)) return addTo(found, name, exactText(rest));
      if (
        typeof runsImage === "string" &&
        stringsIn([command ?? null, args ?? null]).some((text) => starts(operator, text))
      )
        addTo(found, image, runsImage);
      Object.values(one).forEach(visit);
    }
  };
  visit(value);
  return new Map([...found].map(([name, settings]) => [name, settings.join("\n")]));
}

const unquoted = (text: string): string => text.replaceAll(/^["']|["']$/g, "");
