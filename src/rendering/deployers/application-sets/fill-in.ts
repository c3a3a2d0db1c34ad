import { isList } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { goTemplate } from "../../templates/go-template.ts";
import { Undecidable } from "../../templates/undecidable.ts";

/** What a generator gives for one Application; without `goTemplate` its keys are whole paths, and its values strings. */
export type Parameters = JsonObject;

/** How an ApplicationSet reads its templates: as those of Go, with their options, or else with plain names. */
export type Templating = { readonly goOptions: readonly string[] } | "plain";

/** Puts parameters into a text of a template. */
export function fillIn(text: string, parameters: Parameters, templating: Templating): string {
  if (templating !== "plain") return goTemplate(text, parameters, templating.goOptions);
  const done: string[] = [];
  let at = 0;
  for (let start = text.indexOf("{{"); start !== -1; start = text.indexOf("{{", at)) {
    const end = text.indexOf("}}", start + 2);
    if (end === -1) throw new Undecidable("has a template that is never closed");
    done.push(text.slice(at, start), plainValue(text.slice(start + 2, end), parameters));
    at = end + 2;
  }
  return done.join("") + text.slice(at);
}

/** The same of all strings of a value, names of keys too. */
export function fillInAll(value: Json, parameters: Parameters, templating: Templating): Json {
  if (typeof value === "string") return fillIn(value, parameters, templating);
  if (isList(value)) return value.map((item) => fillInAll(item, parameters, templating));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, inner]) => [fillIn(key, parameters, templating), fillInAll(inner, parameters, templating)]),
  );
}

/** Argo CD leaves what it does not know as it is (`applicationset/utils` Replace). */
function plainValue(tag: string, parameters: Parameters): string {
  const name = tag.trim();
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return typeof value === "string" ? value : `{{${tag}}}`;
}
