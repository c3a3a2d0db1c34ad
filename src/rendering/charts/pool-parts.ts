import { posix } from "node:path";
import { addTo } from "../../manifests/group-by.ts";
import type { JsonObject } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { byCodeUnits } from "../../manifests/text-order.ts";
import { objectOf } from "../kustomize/kustomization.ts";
import { blocksOf } from "../templates/go-template-blocks.ts";
import type { Part } from "../templates/go-template-syntax.ts";
import { readFollowed, type TreeChange } from "../trees/file-tree.ts";
import { dependencyList } from "./chart-parts.ts";
import type { Counted } from "./counted-objects.ts";

/** A chart, and where it stands. */
interface ChartFiles {
  readonly file: string;
  readonly files: ReadonlySet<string>;
}

/**
 * Whether a change of a chart can change the objects of it that count, with whatever values it is rendered. A template of
 * something else cannot, nor can values and lines of `Chart.yaml` that no template of theirs takes in.
 */
export async function changesCounted(trees: TreeChange, chart: ChartFiles, counted: Counted): Promise<boolean> {
  const folder = posix.dirname(chart.file);
  const inside = (path: string): string => posix.relative(folder, path);
  const paths = [...chart.files].filter((path) => isPart.test(inside(path)));
  const changesOthers = [...chart.files].some((path) => trees.changed.has(path) && !isPart.test(inside(path)));
  const said = new Set<string>();
  for (const side of sideNames) {
    const contents = await readFollowed(trees[side], paths);
    const texts = new Map([...contents].map(([path, bytes]) => [inside(path), bytes.toString("latin1")]));
    const parts = countedParts(texts, counted);
    if (parts === undefined || (changesOthers && parts.readsFiles)) return true;
    said.add(JSON.stringify(parts));
  }
  return said.size > 1;
}

/** What helm reads of a chart; templates may read anything else by `.Files`. */
const isPart =
  /^(?:Chart\.yaml|requirements\.yaml|values\.yaml|values\.schema\.json|\.helmignore|(?:templates|charts|crds)\/.+)$/;

/** Files by their paths in the chart, with one character for each byte. */
type Texts = ReadonlyMap<string, string>;

/** Everything of one side that takes part in the objects that count; undefined where that cannot be told. */
function countedParts(texts: Texts, counted: Counted) {
  const chart = objectOf(utf8(texts.get("Chart.yaml")));
  // Others take in what a library defines.
  if (chart["type"] === "library") return undefined;
  const templates = templatesOf(texts);
  if (templates === undefined) return undefined;
  const hasParts =
    [...texts.keys()].some((path) => path.startsWith("charts/")) ||
    chart["dependencies"] !== undefined ||
    texts.has(dependencyList);
  const own = templates.own.filter((parts) => takesEffect(parts, templates, counted));
  const names = hasParts ? [...templates.defined.keys()] : templates.reachedFrom(own);
  if (names === undefined) return undefined;
  const taken = [...own, ...names.toSorted().flatMap((name) => templates.defined.get(name) ?? [])];
  const actions = taken.flatMap(actionsOf).map(withoutStrings);
  // What `tpl` evaluates is not known.
  const isOpen = hasParts || actions.some((action) => /\btpl\b/.test(action));
  const lines = fieldsOf("Chart", actions)?.map((name) => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`);
  return {
    templates: taken.map(written).toSorted(),
    values: only(valuesOf(texts), isOpen ? undefined : fieldsOf("Values", actions)),
    chart: only(chart, isOpen || lines === undefined ? undefined : [...always, ...lines]),
    others: [...texts].filter(([path]) => isOther.test(path)).toSorted(([one], [two]) => byCodeUnits(one, two)),
    readsFiles: actions.some((action) => /\bFiles\b/.test(action)),
  };
}

/** What is neither a template nor values of the chart itself. */
const isOther = /^(?!templates\/|(?:Chart|values)\.yaml$)/;

const utf8 = (text = ""): string => Buffer.from(text, "latin1").toString("utf8");

/** What helm itself looks at in `Chart.yaml`, beside what templates take from there. */
const always = ["apiVersion", "dependencies", "kubeVersion", "type"];

const valuesOf = (texts: Texts): JsonObject | string => {
  const text = utf8(texts.get("values.yaml"));
  const values = objectOf(text);
  return Object.keys(values).length === 0 ? text : values;
};

/** Some fields of an object; all of them where the names are not known. */
const only = (object: JsonObject | string, names: readonly string[] | undefined): unknown =>
  names === undefined || typeof object === "string"
    ? object
    : [...new Set(names)].toSorted().map((name) => [name, object[name] ?? null]);

interface Templates {
  /** What each file writes. */
  readonly own: readonly (readonly Part[])[];
  readonly defined: ReadonlyMap<string, readonly (readonly Part[])[]>;
  /** The names of all that is included, directly or not; undefined where a name is made by a template. */
  readonly reachedFrom: (parts: readonly (readonly Part[])[]) => readonly string[] | undefined;
}

function templatesOf(texts: Texts): Templates | undefined {
  const own: (readonly Part[])[] = [];
  const defined = new Map<string, (readonly Part[])[]>();
  for (const [path, text] of texts) {
    if (!path.startsWith("templates/") || posix.basename(path) === "NOTES.txt") continue;
    const blocks = blocksOf(utf8(text));
    if (blocks === undefined) return undefined;
    own.push(blocks.own);
    // By `.Template.BasePath` a file is included as a whole, mostly for a checksum.
    defined.set(path.slice("templates".length), [blocks.own]);
    for (const { name, parts } of blocks.defined) addTo(defined, name, parts);
  }
  const reachedFrom = (parts: readonly (readonly Part[])[]): readonly string[] | undefined => {
    const found = new Set<string>();
    const open = [...parts];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const action of actionsOf(next)) {
        const names = includedIn(action);
        if (names === undefined) return undefined;
        for (const name of names) {
          if (found.has(name)) continue;
          found.add(name);
          open.push(...(defined.get(name) ?? []));
        }
      }
    return [...found];
  };
  return { own, defined, reachedFrom };
}

const actionsOf = (parts: readonly Part[]): string[] => parts.flatMap((part) => ("action" in part ? part.action : []));

const withoutStrings = (action: string): string => action.replaceAll(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""');

/** The templates that an action includes; undefined where their names are made. */
function includedIn(action: string): string[] | undefined {
  const calls = [
    ...action.matchAll(
      /(?<![\w.])(?:include|template)\b\s*(?:"([^"\\]*)"|`([^`]*)`|\(\s*print\s+\$?\.Template\.BasePath\s+"([^"\\]*)"\s*\))?/g,
    ),
  ];
  const names = calls.map(([, quoted, raw, file]) => quoted ?? raw ?? file);
  return names.some((name) => name === undefined) ? undefined : names.filter((name) => name !== undefined);
}

const written = (parts: readonly Part[]): string =>
  parts.map((part) => ("action" in part ? `{{${part.action}}}` : part.text)).join("");

/** Functions that change values for every template that is executed later. */
const changesValues = /\b(?:set|unset|merge|mergeOverwrite|mustMerge|mustMergeOverwrite)\b/;

function takesEffect(parts: readonly Part[], templates: Templates, counted: Counted): boolean {
  const names = templates.reachedFrom([parts]);
  if (names === undefined) return true;
  const included = names.flatMap((name) => templates.defined.get(name) ?? []);
  if ([parts, ...included].flatMap(actionsOf).some((action) => changesValues.test(withoutStrings(action)))) return true;
  return counted.mayBe(withStandIns(parts)) || included.some((one) => counted.mentions(written(one)));
}

const withStandIns = (parts: readonly Part[]): string =>
  parts.map((part) => ("text" in part ? part.text : isSilent(part.action) ? "" : "\uE000")).join("");
const isSilent = (action: string): boolean =>
  /^(?:if|else|end|range|with|break|continue|fail)\b|^\$\w*(?:\s*,\s*\$\w+)?\s*:?=/.test(action);

/**
 * The fields of `.Values` or `.Chart` that actions take; undefined where one takes all of them, or hands them on. The root itself is
 * mostly handed on to what is included, which is looked at as well.
 */
function fieldsOf(name: "Values" | "Chart", actions: readonly string[]): string[] | undefined {
  const fields: string[] = [];
  for (const action of actions) {
    if (/(?<![\w.)])(?:toYaml|toJson|toPrettyJson|toRawJson|range|with|index|get|pick|omit)\s+\$(?![\w.])/.test(action))
      return undefined;
    for (const [, field] of action.matchAll(new RegExp(`\\b${name}\\b(?:\\.(\\w+))?`, "g"))) {
      if (field === undefined) return undefined;
      fields.push(field);
    }
  }
  return fields;
}
