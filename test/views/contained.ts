import assert from "node:assert/strict";

/** All HTML that the views write themselves; anything else would be a stranger's. */
const ownTags = /<\/?(?:details|summary|sub|br|code)>|<!-- will-it-roll:\S* [^>]* -->|<br\/>/g;

/** What is left when fences are taken out; every fence must be closed. */
function outsideFences(text: string): string {
  const kept: string[] = [];
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const ticks = /^(`{3,})/.exec(line)?.[1];
    if (open === undefined && ticks !== undefined) open = ticks;
    else if (open === undefined) kept.push(line);
    else if (line === open) open = undefined;
    else assert.ok(ticks === undefined || ticks.length < open.length, `a fence is closed by ${line}`);
  }
  assert.equal(open, undefined, "a fence stays open");
  return kept.join("\n");
}

/** Markdown that is whole, and in which nothing of a stranger's does what its letters say. */
export function assertContained(text: string): void {
  const prose = outsideFences(text)
    .replace(/`[^`\n]*`/g, "")
    .replace(/<code>([^<]*)<\/code>/g, "");
  assert.doesNotMatch(prose.replace(ownTags, ""), /[<]/, "HTML of a stranger");
  const shown = prose.replace(/^<!-- [^>]* -->$/m, "");
  assert.doesNotMatch(shown, /@[\w]/, "a mention");
  assert.doesNotMatch(
    shown.replace(/&#\d+;/g, "·").replace(/\]\(https:[^)]*\)/g, "]"),
    /(?:^|[^\w&])#\d|GH-\d|\b(?:https?|ftp):\/\/|www\./m,
    "a link or a reference",
  );
  assert.equal(prose.split("<!-- will-it-roll:").length <= 2, true, "a second marker");
  assert.equal(prose.split("<details>").length, prose.split("</details>").length, "details are closed");
  assert.match(text.replaceAll("\n", ""), /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}]*$/u, "an unseen character");
  const rows = prose.split("\n").filter((line) => line.startsWith("| "));
  for (const row of rows) assert.equal(row.split("|").length, 8, row);
}
