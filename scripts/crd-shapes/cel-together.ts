/** What a rule asks of a field for what stands beside it. */
interface Together {
  readonly field: string;
  readonly words: readonly string[];
}

const value = String.raw`(?:'\w+'|"\w+")`;
const conditionOf = (field: string, text: string): string =>
  `${field}:${[...text.matchAll(/['"](\w+)['"]/g)].map((found) => found[1]).join("|")}`;

/** What a rule on an object says of the presence of its fields; nothing where it says more than that. */
export function togetherWords(rule: string): readonly Together[] | undefined {
  const plain = rule.replaceAll(/\s+/g, " ").replace(/^has\(self\.(\w+)\) && (?=\(?self\.\1 == )/, "");
  const choice = new RegExp(
    String.raw`^(\(?self\.(\w+) == ${value}(?: \|\| self\.\2 == ${value})*\)?) \? (.*) : (.*)$`,
  ).exec(plain);
  if (choice !== null) {
    const [, test = "", field = "", then = "", otherwise = ""] = choice;
    const condition = conditionOf(field, test);
    const absent = /^!has\(self\.(\w+)\)$/.exec(otherwise)?.[1];
    const isForbidding = /^!has\(self\.\w+\)(?: && !has\(self\.\w+\))*$/.test(then);
    if (isForbidding && (otherwise === "true" || absent !== undefined)) {
      const forbidden = [...then.matchAll(/has\(self\.(\w+)\)/g)].map((found) => found[1] ?? "");
      const allowed = absent === undefined ? [] : [{ field: absent, words: [`only=${condition}`] }];
      return [...allowed, ...forbidden.map((name) => ({ field: name, words: [`except=${condition}`] }))];
    }
    if (absent === undefined) return undefined;
    if (then === "true") return [{ field: absent, words: [`only=${condition}`] }];
    return then === `has(self.${absent})` ? [{ field: absent, words: [`iff=${condition}`] }] : undefined;
  }
  const only = new RegExp(
    String.raw`^!has\(self\.(\w+)\) \|\| \(?(?:has\(self\.(\w+)\) && )?self\.(\w+) == ${value}\)?$`,
  ).exec(plain);
  if (only !== null && (only[2] === undefined || only[2] === only[3]))
    return [{ field: only[1] ?? "", words: [`only=${conditionOf(only[3] ?? "", plain)}`] }];
  return apartWords(plain);
}

function apartWords(rule: string): readonly Together[] | undefined {
  const apart =
    /^!\(has\(self\.(\w+)\) && has\(self\.(\w+)\)\)$/.exec(rule) ??
    /^has\(self\.(\w+)\) \? !has\(self\.(\w+)\) : true$/.exec(rule) ??
    /^!has\(self\.(\w+)\) \|\| !has\(self\.(\w+)\)$/.exec(rule);
  if (apart !== null) return [{ field: apart[2] ?? "", words: [`without=${apart[1]}`] }];
  const either = /^has\(self\.(\w+)\) \|\| has\(self\.(\w+)\)$/.exec(rule);
  if (either !== null) return [{ field: either[2] ?? "", words: [`unless=${either[1]}`] }];
  const needs = /^has\(self\.(\w+)\) \|\| !has\(self\.(\w+)\)$/.exec(rule);
  if (needs !== null) return [{ field: needs[2] ?? "", words: [`with=${needs[1]}`] }];
  const one = /^has\(self\.(\w+)\) \? !has\(self\.(\w+)\) : has\(self\.\2\)$/.exec(rule);
  return one === null ? undefined : [{ field: one[2] ?? "", words: [`without=${one[1]}`, `unless=${one[1]}`] }];
}
