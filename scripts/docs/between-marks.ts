/**
 * The text with what is between `<!-- NAME: made by npm run docs -->` and `<!-- /NAME -->` replaced.
 * @throws {Error} when the marks are not there.
 */
export function betweenMarks(text: string, name: string, inner: string): string {
  const begin = `<!-- ${name}: made by npm run docs -->`;
  const end = `<!-- /${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the marks ${begin} and ${end} are missing`);
  return `${text.slice(0, from + begin.length)}\n${inner}\n${text.slice(to)}`;
}
