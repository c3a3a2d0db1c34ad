import { matches } from "./shape.ts";

const quoted = String.raw`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`;
const literal = (single: string | undefined, double: string | undefined): string =>
  (single ?? double ?? "").replaceAll(/\\(.)/g, "$1");
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

const formats: Readonly<Record<string, readonly string[]>> = {
  "isIP(self)": ["format=ip"],
  "isURL(self)": ["format=url"],
  "isCIDR(self)": ["format=cidr"],
  "cidr(self).ip().family() == 4": [matches("^[^:]*$")],
  "cidr(self).ip().family() == 6": [matches(":")],
  "url(self).getScheme() == 'https'": [matches("^https:")],
  "url(self).getQuery() == {}": [matches(String.raw`^[^?]*(?:\?(?:#.*)?)?$`)],
  "url(self).getQuery().size() == 0": [matches(String.raw`^[^?]*(?:\?(?:#.*)?)?$`)],
  "url(self).getHost() != ''": [matches("//[^/]")],
  "url(self).getEscapedPath() != ''": [matches("//[^/?#]*/")],
  "self.find('#(.+)$') == ''": [matches("^[^#]*#?$")],
  "self.find('@') == ''": [matches("^[^@]*$")],
};

/** What a rule asks of a text, in the words of the shapes. */
export function textWords(rule: string): readonly string[] | undefined {
  if (rule.includes(" || ")) {
    const patterns = rule.split(" || ").map(patternOf);
    const known = patterns.filter((pattern) => pattern !== undefined);
    return known.length < patterns.length ? undefined : [matches(known.map((pattern) => `(?:${pattern})`).join("|"))];
  }
  const words = unwrapped(rule)
    .split(" && ")
    .map((condition): readonly string[] | undefined => {
      const pattern = patternOf(condition);
      return formats[condition] ?? (pattern === undefined ? undefined : [matches(pattern)]);
    });
  return words.includes(undefined) ? undefined : words.flatMap((found) => found ?? []);
}

const unwrapped = (text: string): string => (/^\([^()]*(?:\([^()]*\)[^()]*)*\)$/.test(text) ? text.slice(1, -1) : text);

/** One condition on a text, as a pattern. */
function patternOf(condition: string): string | undefined {
  const same = new RegExp(`^self == ${quoted}$`).exec(condition);
  if (same !== null) return `^${escaped(literal(same[1], same[2]))}$`;
  const count = /^(?:size\(self\.split\('(.)'\)\)|self\.split\('(.)'\)\.size\(\)) == (\d+)$/.exec(condition);
  if (count !== null) {
    const part = `[^${count[1] ?? count[2]}]*`;
    return `^${part}(?:${count[1] ?? count[2]}${part}){${Number(count[3]) - 1}}$`;
  }
  const oneOf = /^(!?)\(?self in \[([^\]]*)\]\)?$/.exec(condition);
  if (oneOf !== null) {
    const values = [...(oneOf[2] ?? "").matchAll(new RegExp(quoted, "g"))].map((found) => literal(found[1], found[2]));
    return `^(?${oneOf[1] === "!" ? "!" : ":"}(?:${values.map(escaped).join("|")})$)`;
  }
  const call = new RegExp(
    String.raw`^(!?)\(?self(?:\.split\('(.)'\)\[(\d+)\])?\.(matches|startsWith|endsWith|contains)\(${quoted}\)\)?$`,
  ).exec(condition);
  if (call === null) return undefined;
  const [, not, separator, index, name = "", single, double] = call;
  const text = literal(single, double);
  return separator === undefined
    ? wholePattern(name, text, not === "!")
    : partPattern(name, text, not === "!", separator, Number(index));
}

function wholePattern(name: string, text: string, not: boolean): string {
  const found =
    name === "matches" ? text : `${name === "startsWith" ? "^" : ""}${escaped(text)}${name === "endsWith" ? "$" : ""}`;
  if (!not) return found;
  return found.startsWith("^") ? `^(?!${found.slice(1)})` : `^(?![^]*${found})`;
}

/** The same of one part of a text that is cut at a separator. */
function partPattern(name: string, text: string, not: boolean, separator: string, index: number): string {
  const before = `^(?:[^${separator}]*${separator}){${index}}`;
  const within = `[^${separator}]*`;
  const end = `(?:${separator}|$)`;
  const anchored = /^\^(.*)\$$/.exec(text);
  const found =
    name === "endsWith"
      ? `${within}${escaped(text)}${end}`
      : anchored === null
        ? `${within}?${text}`
        : `${anchored[1]}${end}`;
  return not ? `^(?!${before.slice(1)}${found})` : `${before}${found}`;
}
