import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { root } from "../built-program.ts";

interface Place {
  readonly start: number;
  readonly end: number;
}
const { eager } = (await import(pathToFileURL(join(root, "scripts/eager-functions.mjs")).href)) as {
  readonly eager: (code: string, isCalled: (node: Place) => boolean) => string;
};

const all = (): boolean => true;

/** What a file exports when it runs. */
function exportsOf(code: string): Readonly<Record<string, unknown>> {
  const exports = {};
  const file = runInThisContext(`(exports) => {${code}\n}`) as (exports: object) => void;
  file(exports);
  return exports;
}

test("functions in parentheses are what they were", () => {
  const code = [
    '"use strict";exports.early=twice(2);function twice(n){return n*2}',
    "function*upTo(n){for(let i=0;i<n;i++)yield i}async function later(n){return n}",
    'const object=a=>({a}),block=(a,b="=>")=>{return a+b},nothing=()=>void 0,wait=async n=>await later(n),last=(a,b)=>(a,b);',
    "exports.values=[[...upTo(2)],object(1),block(1),nothing(),last(1,2),wait.constructor.name];",
  ].join("");
  const made = eager(code, all);
  assert.equal(made.match(/=\((?:async )?function/g)?.length, 8, made);
  assert.deepEqual(exportsOf(made), exportsOf(code));
  assert.deepEqual(exportsOf(made), {
    early: 4,
    values: [[0, 1], { a: 1 }, "1=>", undefined, 2, "AsyncFunction"],
  });
  assert.ok(made.startsWith('"use strict";'), made);
});

test("functions that are not called stay as they are", () => {
  const code = "function first(){}function second(){}const third=()=>first;";
  assert.equal(
    eager(code, () => false),
    code,
  );
  assert.equal(
    eager(code, ({ start }) => start === code.indexOf("function second")),
    "var second=(function (){});function first(){}const third=()=>first;",
  );
});

test("an arrow function that uses what is around it stays one", () => {
  const code = "const own=()=>this,given=()=>[...arguments],inner=()=>()=>this;";
  assert.equal(eager(code, all), code);
});
