import { isBuiltin } from "node:module";

/** A file or a module of Node.js that a chunk loads at its top, and the copy by which modules see CommonJS. */
const load = /^(?:const|let) (\w+) = require\("([^"]+)"\);\n(?:\1 = \w+\.\w+\(\1, 1\);\n)?/gm;
/** Where a name stands for a variable, and not inside a string or behind a dot; the dots of a spread are no such dot. */
const variable = (name) => String.raw`(?<![\w$:"'\`/-]|(?<!\.\.)\.)${name}(?![\w$"'\`-])`;
/** A function that a table may name, under its name: it is loaded when it is called. */
const named = (name) => new RegExp(String.raw`("[\w-]+/[\w-]+"): ${variable(name)}\.(\w+)`, "g");

/**
 * Has some parts of a program, and some modules of Node.js, loaded when something of them is first used, where the bundler
 * loads all at the top of whoever may use them. They do no work that others could see, so only the clock can tell.
 */
export function lateParts(late) {
  const isLate = (path) => late.some((name) => path === name || path.endsWith(`/${name}.cjs`));
  return {
    name: "late-parts",
    renderChunk(code) {
      const functions = [];
      let body = code;
      for (const [statement, name, path] of code.matchAll(load)) {
        const isCopied = new RegExp(`${variable(name)}\\.default\\b`).test(body);
        if (isLate(path)) {
          if (new RegExp(String.raw`\bnew ${variable(name)}`).test(body))
            throw new Error(`something of ${path} is made with new, so it cannot be loaded late`);
          body = body
            .replace(statement, "")
            .replaceAll(named(name), `$1: (...given) => ${name}().$2(...given)`)
            .replaceAll(new RegExp(`${variable(name)}\\.`, "g"), `${name}().`);
          if (isCopied || new RegExp(`${variable(name)}(?!\\()`).test(body))
            throw new Error(`${path} is used as a whole, so it cannot be loaded late`);
          functions.push(
            `let loaded_${name};\nfunction ${name}() {\n  return loaded_${name} ??= require("${path}");\n}\n`,
          );
        } else if (isBuiltin(path) && !isCopied) {
          // Copying a module of Node.js wakes everything that it loads lazily itself.
          body = body.replace(statement, `const ${name} = require("${path}");\n`);
        }
      }
      return { code: [body, ...functions].join("\n"), map: null };
    },
  };
}
