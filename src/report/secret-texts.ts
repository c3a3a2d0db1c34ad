import { isSecretKey } from "../manifests/secret-names.ts";
import { hidden } from "./hidden.ts";
import { withoutSecretLines } from "./secret-lines.ts";
import { withoutSecretUrls } from "./secret-urls.ts";

interface SecretText {
  /**
   * Begins with letters that must be there, or where no word goes on, and bounds what it looks through: to look for a
   * scheme or a key first takes quadratic time in a long word.
   */
  readonly pattern: RegExp;
  /** What is written in its place. */
  readonly shown: (match: string, ...groups: string[]) => string;
  readonly reason: string;
  /** Set where a sentence of ours has the same form: `spec.token: must be ...`. */
  readonly likeOurWords?: boolean;
}

const quote = String.raw`\\{0,3}["']?`;
/** Up to, and without, the quote that ends it; a text in quotes may be in JSON that is itself a JSON string. */
const quoted = String.raw`\\"(?:[^\\"]|\\{3}"|\\(?!")[^])*|"(?:[^"\\]|\\[^])*|'(?:[^']|'')*`;
const block = String.raw`[|>][-+\d]{0,2}[ \t]{0,8}\n(?:[ \t]{0,99}\n){0,9}(?<indent> {1,99})[^\n]*(?:\n(?:\k<indent>[^\n]*|[ \t]{0,99}(?=\n)))*`;
const inLine = String.raw`[^\s"',}\]][^\n,}\]]*`;
const signedKey = String.raw`passw(?:or)?d(?:hash)?|passphrase|\bpwd|token|cookie|api[-_]?key|client[-_]?secret|access[-_]?key|private[-_]?key|signature|\bauth(?:orization)?`;
const line = String.raw`[^\s"'][^\n]*`;

const colon = String.raw`${quote}[ \t]{0,8}:[ \t]{0,8}`;
/** In one object: no other name comes between, and no item or object ends. */
const between = String.raw`(?:(?!\n[ \t]{0,99}-|\b(?:name|key|header)["'\\]{0,4}[ \t]{0,8}:)[^{}]){0,200}?`;
const named = String.raw`(?<![\w-])(?:name|key|header)${colon}${quote}([\w./-]{1,128})(?![\w./-])`;
const valueKey = String.raw`(?<![\w-])values?${colon}`;

/** `"(hidden)` for `"abc`: the quote that opens a text stays. */
const emptied = (value: string): string => `${/^\\*["']/.exec(value)?.[0] ?? ""}${hidden}`;

const secretTexts: readonly SecretText[] = [
  {
    pattern: /(?<=[a-z0-9+.-]:\/\/)[^\s/?#"']+@/gi,
    shown: () => `${hidden}@`,
    reason: "user names and passwords in URLs",
  },
  {
    pattern: /(?<=[a-z0-9+.-]:\/\/)[^\s/?#"'@:]*:[^\s/?#"'@]*…/gi,
    shown: () => `${hidden}…`,
    reason: "the same where a message cuts the URL off before its host",
  },
  {
    pattern:
      /(?<![\w.%+@:/-])(?:\/\/)?(?!(?:mailto|acct|sips?|serviceaccount|npm):)[\w.%+-]{1,64}:[^\s/"'<>,;{}]{1,256}@(?!sha\d{3}:)(?=[\w[])/gi,
    shown: () => `${hidden}@`,
    reason: "the same before a host without a scheme, as proxies are written; the digest of an image is none",
  },
  {
    pattern: new RegExp(String.raw`(${named}${quote}${between}${valueKey})(${block})`, "gi"),
    shown: (match, before, name) => (isSecretKey(name) ? `${before}${hidden}` : match),
    reason: "the block text of a pair in YAML whose name says what it is",
  },
  {
    pattern: new RegExp(String.raw`(${named}${quote}[ \t]{0,8},${between}${valueKey})(${quoted}|${inLine})`, "gi"),
    shown: (match, before, name, value) => (isSecretKey(name) ? `${before}${emptied(value)}` : match),
    reason: "the value of a pair in JSON or in a flow of YAML",
  },
  {
    pattern: new RegExp(String.raw`(${named}${quote}[ \t]{0,8}\n${between}${valueKey})(${quoted}|${line})`, "gi"),
    shown: (match, before, name, value) =>
      isSecretKey(name) && value !== hidden ? `${before}${emptied(value)}` : match,
    reason: "the value of a pair in lines of YAML, where a comma does not end it",
  },
  {
    pattern: new RegExp(
      String.raw`(${valueKey})(\\"[^\\"\n]{0,512}|"(?:[^"\\\n]|\\.){0,512}|'[^'\n]{0,512}|[^\s"',}\]][^\n,}\]]{0,512})(${quote}[\s,]{1,99}${quote}${named})`,
      "gi",
    ),
    shown: (match, before, value, after, name) => (isSecretKey(name) ? `${before}${emptied(value)}${after}` : match),
    reason: "a pair whose name follows its value",
  },
  {
    // Not the name of a key that only ends so, as in `pullSecret:`.
    pattern: new RegExp(
      String.raw`((?:${signedKey})${quote}(?:[ \t]{0,4}=[ \t]{0,4}|[ \t]{0,4}:[ \t]{0,8}))(?!\s|[{[]|\\{0,3}["']?\(hidden\)|(?:Bearer|Basic) )(${block}|${quoted}|[^\s"';&,}]+)`,
      "gi",
    ),
    shown: (_, before, value) => `${before}${emptied(value)}`,
    reason: '`password=…`, `"token": "…"`, `?access_token=…`',
    likeOurWords: true,
  },
  {
    pattern: new RegExp(
      String.raw`((?:passw(?:or)?d|passphrase|token|cookie|credential|api[-_]?key|client[-_]?secret|access[-_]?key|private[-_]?key)s?${colon})(?:\[[^\][]{0,4096}\]?|\{[^{}]{0,4096}\}?)`,
      "gi",
    ),
    shown: (_, before) => `${before}${hidden}`,
    reason: '`"tokens": ["…", "…"]`, `passwords: {a: …}`',
  },
  {
    pattern: /\b(Bearer|Basic) [\w.~+/=-]{8,}/gi,
    shown: (_, scheme) => `${scheme} ${hidden}`,
    reason: "the value of an Authorization header",
  },
  {
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\w+/=\s\\]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
    shown: () => hidden,
    reason: "private keys in PEM",
  },
  {
    pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b(?:["',:;|\s]{1,40}[A-Za-z0-9/+]{40}(?![\w/+]))?/g,
    shown: () => hidden,
    reason: "AWS access key ids, and the secret key that follows one",
  },
  {
    pattern: /\b(?:gh[pousr]_|github_pat_)\w{10,}/g,
    shown: () => hidden,
    reason: "GitHub's tokens",
  },
  {
    pattern: /\bgl(?:pat|dt|rt|ptt|agent)-[\w.-]{10,}/g,
    shown: () => hidden,
    reason: "GitLab's tokens",
  },
  {
    pattern: /\b(?:xox[a-z]-|xapp-|hooks\.slack\.com\/services\/)[\w./-]{10,}/g,
    shown: () => hidden,
    reason: "Slack's tokens, and its webhooks, whose address is all they ask for",
  },
  {
    pattern: /\beyJ[\w-]{8,2048}\.eyJ[\w.-]{10,}/g,
    shown: () => hidden,
    reason: "JSON web tokens, as service accounts have",
  },
  {
    pattern: /\bsha256~[\w-]{20,}/g,
    shown: () => hidden,
    reason: "OpenShift's OAuth tokens; a digest has a colon there",
  },
];

/** A text without the secrets that can be told by what is around them, or that say themselves what they are. */
export function withoutSecretParts(text: string): string {
  if (text.length < worthKeeping) return withoutAllSecrets(text);
  let shown = shownTexts.get(text);
  if (shown !== undefined) return shown;
  shown = withoutAllSecrets(text);
  if (kept + text.length > mostKept) {
    shownTexts.clear();
    kept = 0;
  }
  shownTexts.set(text, shown);
  kept += text.length;
  return shown;
}

/** The latest long texts: a thousand pools may share a ConfigMap, and each of them shows it. */
const shownTexts = new Map<string, string>();
/** Characters of the texts that are kept. */
let kept = 0;
const worthKeeping = 256;
const mostKept = 4 * 1024 * 1024;

const withoutAllSecrets = (text: string): string => withoutPlainSecrets(withoutSecretUrls(text, withoutPlainSecrets));

function withoutPlainSecrets(text: string): string {
  let shown = withoutSecretLines(text);
  for (const secret of secretTexts) shown = shown.replaceAll(secret.pattern, secret.shown);
  return shown;
}

/** One of these is in every text that a pattern for sentences matches. */
const mayTell =
  /[=@]|:\/\/|\b(?:Bearer|Basic) |PRIVATE KEY|sha256~|A[KS]IA|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|xapp-|slack|eyJ/i;
const inQuotes = /"(?:[^"\\]|\\[^])*"/g;
const ofSentences = secretTexts.filter(({ likeOurWords }) => likeOurWords !== true);
const assignment = new RegExp(String.raw`((?:${signedKey})=)(?!\(hidden\))([^\s"';&,}]+)`, "gi");

/**
 * A sentence of ours without the secrets in what it repeats: in quotes all that looks like one, and outside of them, where
 * `spec.token: must be …` is none, what says itself that it is one.
 */
export function withoutSecretsInSentence(sentence: string): string {
  let shown = sentence;
  if (shown.includes('"'))
    shown = shown.replaceAll(inQuotes, (quoted) => `"${withoutSecretParts(quoted.slice(1, -1))}"`);
  if (!mayTell.test(shown)) return shown;
  for (const secret of ofSentences) shown = shown.replaceAll(secret.pattern, secret.shown);
  return shown.replaceAll(assignment, (_, before: string) => `${before}${hidden}`);
}
