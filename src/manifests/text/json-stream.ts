/** The offset after the JSON object or array that begins at `start`; -1 when none that is well-formed begins there. */
export function jsonValueEnd(text: string, start: number): number {
  const first = text[start];
  if (first !== "{" && first !== "[") return -1;
  let depth = 0;
  const token = /["[\]{}]/g;
  token.lastIndex = start;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const at = match.index;
    if (match[0] === '"') {
      const end = stringEnd(text, at + 1);
      if (end === -1) return -1;
      token.lastIndex = end;
    } else if (match[0] === "{" || match[0] === "[") depth += 1;
    else {
      depth -= 1;
      if (depth === 0) return isJson(text.slice(start, at + 1)) ? at + 1 : -1;
    }
  }
  return -1;
}

/** The offset after the JSON string whose first character is at `from`; -1 when it does not end. */
export function stringEnd(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return -1;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote;
  }
}

/** Whether the text is JSON. Nesting that overflows the parser's stack counts as not. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
