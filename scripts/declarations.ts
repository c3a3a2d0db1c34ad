// Writes index.d.ts and index.d.mts of the library: one text that imports nothing. `--out FOLDER` writes somewhere else than dist/.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { reportDeclarations } from "./report-declarations.ts";

const root = join(import.meta.dirname, "..");
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

interface Source {
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** The file that a name comes from, relative to this one. */
  readonly imports: ReadonlyMap<string, string>;
}

const sources = new Map<string, Source>();

function sourceOf(path: string): Source {
  let source = sources.get(path);
  if (source === undefined) {
    const text = readFileSync(path, "utf8");
    const lists = text.matchAll(/^(?:import|export) (?:type )?\{([^}]*)\} from "(\.[^"]+)";/gm);
    source = {
      declarations: new Map(declarationsIn(text).map((one) => [one.name, one])),
      imports: new Map(
        [...lists].flatMap(([, names = "", from = ""]) =>
          names.split(",").map((name) => [name.trim().replace(/^type /, ""), from] as const),
        ),
      ),
    };
    sources.set(path, source);
  }
  return source;
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
  const made = new Map(reportDeclarations());
  const found = new Map<string, Declaration>();
  /** Takes a declaration and, by the imports of its own file, all that it names. */
  const take = (name: string, file: string): void => {
    const source = sourceOf(join(folder, file));
    const declared = source.declarations.get(name);
    const from = source.imports.get(name);
    const text = made.get(name) ?? declared?.text;
    if (text === undefined && from !== undefined) {
      take(name, relative(folder, join(folder, dirname(file), from)).replace(/\.ts$/, ".d.ts"));
      return;
    }
    const known = found.get(name);
    if (known !== undefined || text === undefined) {
      if (known !== undefined && text !== undefined && known.text !== text)
        throw new Error(`two types of the library are called ${name}: rename one`);
      return;
    }
    found.set(name, { name, text });
    for (const word of wordsOf(text)) take(word, file);
  };
  const index = readFileSync(join(folder, "index.d.ts"), "utf8");
  const listed = (pattern: RegExp): string[] =>
    [...index.matchAll(pattern)].flatMap(([, names]) => (names ?? "").split(",").map((name) => name.trim()));
  const exported = [
    ...listed(/^export (?:declare )?(?:interface|type|const|function|class) (\w+)/gm),
    ...listed(/^export \{ ([^}]*) \}/gm),
  ];
  for (const name of [...exported, ...listed(/^export type \{ ([^}]*) \}/gm)]) {
    take(name, "index.d.ts");
    if (!found.has(name)) throw new Error(`the library exports ${name}, which no declaration of it was found for`);
  }
  const body = [...found.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, text }) => {
      // A type may be used by its name; a value that the library does not export is only there for its type.
      const isExported = exported.includes(name) || !/^(?:export )?declare /m.test(text);
      return text.replace(/^((?:\/\*\*[\s\S]*?\*\/\s*)*)(?:export )?/, isExported ? "$1export " : "$1");
    });
  const [version, ...others] = ["// Types of the will-it-roll library; made by scripts/declarations.ts.", ...body];
  const text = `${[version, ...others].join("\n\n")}\n`;
  // The same for both forms of the library: the name says which one it is beside.
  for (const name of ["index.d.ts", "index.d.mts"]) writeFileSync(join(values.out, name), text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
