import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseAst } from "rolldown/parseAst";
import { edited } from "./edited.mjs";

/**
 * Has V8 compile the functions that each of some runs of a program calls while it reads their file: it passes over a function
 * otherwise, and reads it once more when it is called. A function in parentheses is one that will be called soon.
 */
export async function compileEagerly(program, runs) {
  for (const [file, called] of await calledIn(program, runs)) {
    const code = await readFile(file, "utf8");
    await writeFile(
      file,
      eager(code, (node) => called.has(`${node.start} ${node.end}`)),
    );
  }
}

/** The places of the functions that each run calls that loads their file, by file. */
async function calledIn(program, runs) {
  const folder = await mkdtemp(join(tmpdir(), "will-it-roll-coverage-"));
  const files = new Map();
  try {
    for (const args of runs)
      await promisify(execFile)(process.execPath, [program, ...args], {
        env: { ...process.env, NODE_V8_COVERAGE: folder },
      });
    for (const name of await readdir(folder))
      for (const { url, functions } of JSON.parse(await readFile(join(folder, name), "utf8")).result) {
        if (!url.startsWith("file:") || !url.endsWith(".cjs")) continue;
        const file = fileURLToPath(url);
        const called = functions.map(({ ranges: [{ count, startOffset, endOffset }] }) =>
          count > 0 ? `${startOffset} ${endOffset}` : "",
        );
        files.set(file, new Set(files.has(file) ? called.filter((place) => files.get(file).has(place)) : called));
      }
  } finally {
    await rm(folder, { recursive: true });
  }
  return files;
}

/**
 * A file in which the functions at its top that are called are in parentheses. Those that are known everywhere become
 * variables, before all else; arrow functions, which V8 passes over even there, become others.
 */
export function eager(code, isCalled) {
  const { body } = parseAst(code, { sourceType: "script" });
  const top = body.find(({ directive }) => directive === undefined)?.start ?? code.length;
  const edits = body.flatMap((node) => {
    if (node.type === "FunctionDeclaration" && isCalled(node)) return [{ ...node, text: "" }];
    const values = node.type === "VariableDeclaration" ? node.declarations.map(({ init }) => init) : [];
    return values
      .filter((value) => value?.type === "ArrowFunctionExpression" && isCalled(value) && !looksAround(value))
      .map((arrow) => ({ ...arrow, text: `(${withoutArrow(code, arrow)})` }));
  });
  const variables = edits
    .filter(({ type }) => type === "FunctionDeclaration")
    .map(({ id, start, end }) => `var ${id.name}=(${code.slice(start, id.start)}${code.slice(id.end, end)});`);
  return edited(code, [...edits, { start: top, end: top, text: variables.join("") }]);
}

/** Whether a function may use the `this` or the arguments of what is around it. */
const looksAround = (node) =>
  typeof node === "object" &&
  node !== null &&
  (node.type === "ThisExpression" ||
    (node.type === "Identifier" && node.name === "arguments") ||
    Object.values(node).some(looksAround));

function withoutArrow(code, { async, params, body, start, end }) {
  const parameters = params.length === 0 ? "" : code.slice(params[0].start, params.at(-1).end);
  const behind = code.slice(code.indexOf("=>", params.at(-1)?.end ?? start) + 2, end);
  const block = body.type === "BlockStatement" ? behind : `{return(${behind})}`;
  return `${async ? "async " : ""}function(${parameters})${block}`;
}
