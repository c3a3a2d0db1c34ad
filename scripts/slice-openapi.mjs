// Cuts the operations that this program uses out of GitHub's own API description, for the server that the tests run.
// npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz, then: node scripts/slice-openapi.mjs package
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const operations = {
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch", "delete"],
  "/repos/{owner}/{repo}/issues/{issue_number}/labels": ["post"],
  "/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}": ["delete"],
  "/repos/{owner}/{repo}/git/trees/{tree_sha}": ["get"],
  "/repos/{owner}/{repo}/git/blobs/{file_sha}": ["get"],
  "/repos/{owner}/{repo}/git/commits/{commit_sha}": ["get"],
  "/repos/{owner}/{repo}/git/ref/{ref}": ["get"],
  "/repos/{owner}/{repo}/commits/{ref}": ["get"],
  "/repos/{owner}/{repo}/pulls": ["get"],
  "/repos/{owner}/{repo}/compare/{basehead}": ["get"],
};

const folder = process.argv[2] ?? "package";
const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
const whole = JSON.parse(await readFile(join(folder, "generated/api.github.com.json"), "utf8"));

const at = (pointer) =>
  pointer
    .slice(2)
    .split("/")
    .reduce((value, key) => value[key.replaceAll("~1", "/").replaceAll("~0", "~")], whole);
const components = {};
const prune = (value) => {
  if (Array.isArray(value)) return value.map(prune);
  if (typeof value !== "object" || value === null) return value;
  if (typeof value.$ref === "string") {
    const [, group, name] = value.$ref.slice(2).split("/");
    components[group] ??= {};
    if (components[group][name] === undefined) {
      components[group][name] = {};
      components[group][name] = prune(at(value.$ref));
    }
    return { $ref: value.$ref };
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) =>
          !["description", "example", "examples", "externalDocs", "tags", "summary"].includes(key) &&
          !key.startsWith("x-"),
      )
      .map(([key, inner]) => [key, key === "properties" ? pruneProperties(inner) : prune(inner)]),
  );
};
const pruneProperties = (properties) =>
  Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, prune(inner)]));

const paths = Object.fromEntries(
  Object.entries(operations).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, prune(whole.paths[path][method])])),
  ]),
);
const slice = {
  openapi: whole.openapi,
  source: `@octokit/openapi@${version} generated/api.github.com.json`,
  paths,
  components,
};
await writeFile(new URL("../test/github/openapi-slice.json", import.meta.url), `${JSON.stringify(slice)}\n`);
