import { isBuiltin } from "node:module";
import { parseAst } from "rolldown/parseAst";

/**
 * Has some parts of a program, and some modules of Node.js, loaded when something of them is first used, where the bundler
 * loads all at the top of whoever may use them. They do no work that others could see, so only the clock can tell.
 */
export function lateParts(late) {
  const isLate = (path) => late.some((name) => path === name || path.endsWith(`/${name}.cjs`));
  return {
    name: "late-parts",
    renderChunk(code) {
      const program = parseAst(code, { sourceType: "script" });
      const loads = loadsIn(program);
      const edits = loads.flatMap((load) => {
        if (isLate(load.path)) return loadedLate(load, program);
        return isBuiltin(load.path) && !usesOf(load, program).some(isDefault) ? notCopied(load) : [];
      });
      const functions = loads
        .filter(({ path }) => isLate(path))
        .map(
          ({ name, path }) =>
            `\nlet loaded_${name};\nfunction ${name}() {\n  return loaded_${name} ??= require("${path}");\n}\n`,
        );
      return { code: edited(code, edits) + functions.join(""), map: null };
    },
  };
}

/** What a chunk loads at its top, and the copies by which modules see CommonJS: `x = require_runtime.copy(x, 1)`. */
function loadsIn({ body }) {
  return body.flatMap((statement, index) => {
    const [declared, ...others] = statement.type === "VariableDeclaration" ? statement.declarations : [];
    const call = declared?.init;
    if (others.length > 0 || call?.type !== "CallExpression" || call.callee.name !== "require") return [];
    const { name } = declared.id;
    const next = body[index + 1]?.expression;
    const isCopy = next?.type === "AssignmentExpression" && next.left.name === name;
    return [{ name, path: call.arguments[0].value, statement, copy: isCopy ? body[index + 1] : undefined }];
  });
}

const without = (statement) => (statement === undefined ? [] : [{ ...statement, text: "" }]);

/** Copying a module of Node.js wakes everything that it loads lazily itself. */
const notCopied = ({ name, path, statement, copy }) => [
  { ...statement, text: `const ${name} = require("${path}");` },
  ...without(copy),
];

function loadedLate(load, program) {
  const { name, path, statement, copy } = load;
  const uses = usesOf(load, program).map((use) => {
    const { node, parents } = use;
    const [member, user] = parents;
    if (member.type !== "MemberExpression" || member.object !== node || isDefault(use))
      throw new Error(`${path} is used as a whole, so it cannot be loaded late`);
    if (user?.type === "NewExpression" && user.callee === member)
      throw new Error(`something of ${path} is made with new, so it cannot be loaded late`);
    // A function that a table may name, under its name: it is loaded when it is called.
    return isNamed(member, user)
      ? { start: member.start, end: member.end, text: `(...given) => ${name}().${member.property.name}(...given)` }
      : { start: node.start, end: node.end, text: `${name}()` };
  });
  return [...without(statement), ...without(copy), ...uses];
}

const isDefault = ({ parents: [member] }) => member.type === "MemberExpression" && member.property.name === "default";

const isNamed = (member, user) =>
  user?.type === "Property" && user.value === member && /^[\w-]+\/[\w-]+$/.test(String(user.key.value));

/** Where the variable of a load stands, apart from the load itself; the nearest parent is the first. */
function usesOf({ name, statement, copy }, program) {
  const uses = [];
  const visit = (node, parents) => {
    if (node === statement || node === copy) return;
    if (node.type === "Identifier" && node.name === name && !isLabel(node, parents[0])) uses.push({ node, parents });
    const inner = [node, ...parents.slice(0, 1)];
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child?.type === "string") visit(child, inner);
  };
  visit(program, []);
  return uses;
}

/** Behind a dot, or the key of a member: a word, and no variable. */
const isLabel = (node, parent) =>
  parent.computed !== true &&
  ((parent.type === "MemberExpression" && parent.property === node) ||
    (["Property", "MethodDefinition", "PropertyDefinition"].includes(parent.type) &&
      parent.key === node &&
      parent.shorthand !== true));

/** A text with some stretches replaced. */
function edited(code, edits) {
  let text = code;
  for (const { start, end, text: now } of edits.toSorted((a, b) => b.start - a.start))
    text = text.slice(0, start) + now + text.slice(end);
  return text;
}
