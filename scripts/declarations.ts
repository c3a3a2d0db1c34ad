// Writes index.d.ts and index.d.mts of the library: one text that imports nothing. `--out FOLDER` writes somewhere else than dist/.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { reportDeclarations } from "./report-declarations.ts";

const root = new URL("..", import.meta.url).pathname;
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist") } } });

interface Declaration {
  readonly name: string;
  readonly text: string;
}

/** The top-level declarations of a file as the compiler writes it: comments, then a statement that ends at depth 0. */
function declarationsIn(text: string): Declaration[] {
  const found: Declaration[] = [];
  let block: string[] = [];
  let depth = 0;
  let inComment = false;
  for (const line of text.split("\n")) {
    block.push(line);
    const trimmed = line.trim();
    if (trimmed.startsWith("/**")) inComment = true;
    if (inComment) {
      inComment = !trimmed.endsWith("*/");
      continue;
    }
    for (const character of line) depth += "{([".includes(character) ? 1 : "})]".includes(character) ? -1 : 0;
    if (depth > 0 || !/[;}]\s*$/.test(line)) continue;
    const statement = block.join("\n").trim();
    const name =
      /^(?:\/\*\*[\s\S]*?\*\/\s*)*(?:export )?(?:declare )?(?:interface|type|const|function|class) (\w+)/.exec(
        statement,
      )?.[1];
    if (name !== undefined) found.push({ name, text: statement });
    block = [];
  }
  return found;
}

/** Names that a declaration uses: types and `typeof` values outside its comments, strings and names of members. */
function wordsOf(text: string): Set<string> {
  const plain = text.replaceAll(/\/\*\*[\s\S]*?\*\/|"[^"]*"|\b\w+\??:/g, "");
  return new Set(plain.match(/\b[A-Z]\w*\b|(?<=\btypeof )\w+/g));
}

const folder = mkdtempSync(join(tmpdir(), "declarations-"));
try {
  const compiler = join(root, "node_modules/.bin/tsc");
  const flags = ["--declaration", "--emitDeclarationOnly", "--noEmit", "false", "--rootDir", "src", "--outDir", folder];
  const rest = ["--allowImportingTsExtensions", "false", "--rewriteRelativeImportExtensions"];
  execFileSync(compiler, ["-p", "scripts/declarations.tsconfig.json", ...flags, ...rest], {
    cwd: root,
    stdio: "inherit",
  });
  const index = readFileSync(join(folder, "index.d.ts"), "utf8");
  const known = new Map<string, Declaration>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted())
    if (file.endsWith(".d.ts") && file !== "index.d.ts")
      for (const one of declarationsIn(readFileSync(join(folder, file), "utf8")))
        if (!known.has(one.name)) known.set(one.name, one);
  for (const one of declarationsIn(index)) known.set(one.name, one);
  for (const [name, text] of reportDeclarations()) known.set(name, { name, text });

  const listed = (pattern: RegExp): string[] =>
    [...index.matchAll(pattern)].flatMap(([, names]) => (names ?? "").split(",").map((name) => name.trim()));
  const exported = [
    ...listed(/^export (?:declare )?(?:interface|type|const|function|class) (\w+)/gm),
    ...listed(/^export \{ ([^}]*) \}/gm),
  ];
  const reexported = listed(/^export type \{ ([^}]*) \}/gm);
  const wanted = new Set<string>([...exported, ...reexported]);
  for (const name of wanted)
    for (const word of wordsOf(known.get(name)?.text ?? "")) if (known.has(word)) wanted.add(word);
  const body = [...wanted].toSorted().flatMap((name) => {
    const declaration = known.get(name);
    if (declaration === undefined)
      throw new Error(`the library exports ${name}, which no declaration of it was found for`);
    // A type may be used by its name; a value that the library does not export is only there for its type.
    const isExported = exported.includes(name) || !/^(?:export )?declare /m.test(declaration.text);
    return [declaration.text.replace(/^((?:\/\*\*[\s\S]*?\*\/\s*)*)(?:export )?/, isExported ? "$1export " : "$1")];
  });
  const [version, ...others] = ["// Types of the will-it-roll library; made by scripts/declarations.ts.", ...body];
  const text = `${[version, ...others].join("\n\n")}\n`;
  // The same for both forms of the library: the name says which one it stands beside.
  for (const name of ["index.d.ts", "index.d.mts"]) writeFileSync(join(values.out, name), text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
