import { effectWords, type RuleCard, ruleCards } from "../../src/reference/rule-card.ts";
import type { Table } from "../../src/rules/merge.ts";
import { sourceLinks } from "../../src/views/source-link.ts";
import { cell, code, markdownTable } from "./markdown-table.ts";

const sections: readonly { readonly type: RuleCard["type"]; readonly title: string; readonly about: string }[] = [
  {
    type: "input",
    title: "Fingerprint inputs",
    about: "A controller hashes these values. A pool is touched when one of them differs between the two sides.",
  },
  { type: "field", title: "Fields", about: "What a change of these fields does by itself." },
  {
    type: "refusal",
    title: "Refusals",
    about: "What the API server or its admission refuses: nothing of the change happens.",
  },
  { type: "hold", title: "Holds", about: "Why an effect waits." },
  { type: "notice", title: "Notices", about: "What is worth a word in the head, whatever the change does." },
];

/** `path function`, with a link to the file at its commit; several with a semicolon between. */
const sourceCell = (source: string): string =>
  sourceLinks(source)
    .map(({ url, path, name, label }) =>
      url === undefined ? cell(label) : `[${cell([path, name].join(" ").trim())}](${url})`,
    )
    .join("; ");

const effectsOf = (card: RuleCard): string =>
  [
    ...card.cases.map((one) => `${code(effectWords(one.effects))} when ${cell(one.condition)}`),
    code(effectWords(card.effects)),
  ]
    .filter((text) => text !== "")
    .join("; else ");

/** An anchor of its own, so that a report's rule can be linked to. */
const anchor = (card: RuleCard): string =>
  `<a id="${card.name.replace("/", "-")}"></a>${code(card.name.replace(/^.*\//, ""))}`;

const rowOf = (card: RuleCard): string[] => [
  anchor(card),
  card.fields.map(code).join("<br>"),
  effectsOf(card),
  cell(card.condition),
  [cell(card.because), card.instead === "" ? "" : `Instead: ${cell(card.instead)}`]
    .filter((text) => text !== "")
    .join(" "),
  sourceCell(card.source),
];

/** The reference page of a system: every rule with its fields, effect, condition, reason and source. */
export function rulePage(table: Table): string {
  const cards = ruleCards(table);
  const upstream = table.upstream.map(
    ({ repository, commit, version }) =>
      `- ${repository} at ${code(commit)}${version === undefined ? "" : ` (${version})`}`,
  );
  const targets = markdownTable(
    ["target", "newest", "oldest", "about"],
    table.targets.map(({ name, newest, oldest = "", about }) => [code(name), newest, oldest, cell(about)]),
  );
  const options = markdownTable(
    ["option", "values", "default", "about"],
    table.options.map(({ name, values = [], default: otherwise, about }) => [
      code(`${table.system}.${name}`),
      values.map(code).join(", "),
      code(String(otherwise)),
      cell(about),
    ]),
  );
  const defaults = markdownTable(
    ["field", "value", "source"],
    table.defaults.map(({ at, value, source }) => [
      code(at),
      value === undefined ? "kept from the base" : code(JSON.stringify(value)),
      sourceCell(source),
    ]),
  );
  const strategies = markdownTable(
    ["strategy", "trigger", "effect"],
    Object.entries(table.strategies.effects).flatMap(([strategy, triggers]) =>
      Object.entries(triggers).map(([trigger, effect]) => [code(strategy), code(trigger), code(effect)]),
    ),
  );
  const parts = [
    `# Rules: ${table.system}`,
    "Made from `rules/` by `npm run docs`: every field that is known, what a change of it does, and where upstream code says so. A changed field that stands in no rule is `unknown`.",
    `Read from:\n\n${upstream.join("\n")}`,
    ...(table.targets.length > 0 ? [`## Versions (\`--target\`)`, targets] : []),
    ...(table.options.length > 0 ? ["## Landscape options", options] : []),
    ...(Object.keys(table.strategies.effects).length > 0
      ? ["## Strategies", "What a trigger does to a pool of each update strategy.", strategies]
      : []),
    ...sections.flatMap(({ type, title, about }) => {
      const rows = cards.filter((card) => card.type === type).map(rowOf);
      return rows.length === 0
        ? []
        : [`## ${title}`, about, markdownTable(["rule", "fields", "effect", "condition", "because", "source"], rows)];
    }),
    ...(table.defaults.length > 0
      ? ["## Defaults", "What the API server or its admission fills in before a controller looks.", defaults]
      : []),
  ];
  return `${parts.join("\n\n")}\n`;
}
