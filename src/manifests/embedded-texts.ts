import { isDeployer, makingOf } from "./deployers.ts";
import { type Document, positionIn } from "./document.ts";
import { exactText } from "./exact-text.ts";
import { groupOf } from "./identity.ts";
import type { Interest } from "./interest.ts";
import { isList } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Diagnostic, Json, JsonObject } from "./manifest.ts";
import { declaresAny, isDefinition, mayMake } from "./may-matter.ts";
import type { ChangedDocuments } from "./pair-documents.ts";
import { readValue, valueUnder } from "./read-value.ts";
import { runsOnPools } from "./scripts.ts";
import { unrendered } from "./unrendered.ts";
import type { KnownTexts } from "./yaml/known-texts.ts";

/** kubectl keeps a copy of what it applied here. */
const copies = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * Says of changed manifests that a text in them differs which makes objects that are judged, or changes pools, when somebody
 * runs it or fills it in: the script of a Job, the templates of a Policy, of a ConfigMap or of a Composition.
 */
export function changedEmbeddedTexts(
  { base, head, earlier }: ChangedDocuments,
  interest: Interest,
  texts?: KnownTexts,
): Diagnostic[] {
  const holds = ({ text }: Document): boolean => mayHoldText(text, interest);
  const before = new Map(base.filter(holds).map((document) => [document, textsOf(document, interest, texts)]));
  const all = new Set([...before.values()].flatMap((texts) => [...texts.keys()]));
  const kept = new Set(earlier.values());
  const found: Diagnostic[] = [];
  const isLeft = new Set<string>();
  for (const document of head) {
    const version = earlier.get(document);
    const old = version === undefined ? undefined : before.get(version);
    if (old === undefined && !holds(document)) continue;
    const now = holds(document) ? textsOf(document, interest, texts) : new Map<string, Text>();
    for (const key of now.keys()) isLeft.add(key);
    const came = [...now].find(([key]) => !all.has(key));
    const gone = old === undefined ? undefined : [...old].find(([key]) => !now.has(key));
    if (came !== undefined) found.push(remark(document, came[1]));
    else if (gone !== undefined) found.push(remark(document, { ...gone[1], line: undefined }));
  }
  for (const [document, texts] of before) {
    // What was run once stays when its Job goes; what is filled in may take what it made along.
    const gone = [...texts].find(([key, { isRun }]) => !isRun && !isLeft.has(key));
    if (!kept.has(document) && gone !== undefined) found.push(remark(document, { ...gone[1], line: undefined }));
  }
  return found;
}

/** A text that makes objects, and whether a container runs it; or what is done to an object that is judged. */
interface Text {
  readonly kind: string;
  /** The kind of an object that is named without being one, as an autoscaler names its target. */
  readonly target?: string;
  readonly isRun: boolean;
  readonly line: string | undefined;
}

const mayHoldText = (text: string, interest: Interest): boolean =>
  (mayMake(text, interest.judged) || runsOnPools(text)) && !isDefinition(text) && !declaresAny(text, interest.judged);

/** The texts of a document that make objects or change pools, by what decides what comes of them. */
function textsOf(document: Document, { judged, rows }: Interest, texts?: KnownTexts): ReadonlyMap<string, Text> {
  const found = new Map<string, Text>();
  const groups = rows.flatMap(({ group, role }) => (role === "judged" ? [group] : []));
  const makes = (text: string): boolean =>
    runsOnPools(text) ||
    (mayMake(text, judged) && (!text.includes("apiVersion") || groups.some((group) => text.includes(group))));
  const value = readValue(document, texts) ?? null;
  if (isFollowedElsewhere(value, document)) return found;
  const kind = isObject(value) && typeof value["kind"] === "string" ? value["kind"] : "file";
  const add = (text: string, around: JsonObject | undefined): void => {
    if (!makes(text)) return;
    const isRun = around !== undefined && typeof around["image"] === "string";
    const [line] = withoutComments(text).split("\n", 1);
    found.set(isRun ? withoutImage(around) : withoutComments(text), { kind, isRun, line: line?.trim() });
  };
  const visit = (one: Json, around: JsonObject | undefined): void => {
    if (typeof one === "string") add(one, around);
    else if (isList(one)) {
      // A command and its arguments are texts of a list.
      if (one.length > 1 && one.every((item) => typeof item === "string")) add(one.join(" "), around);
      for (const item of one) visit(item, around);
    } else if (isObject(one)) {
      const target = targetIn(one, rows);
      if (target !== undefined) found.set(makingOf(value), { kind, target, isRun: false, line: undefined });
      for (const [key, inner] of Object.entries(one))
        if (key !== copies && key !== "ownerReferences") visit(inner, one);
    }
  };
  visit(value, undefined);
  return found;
}

/** What these do to others is followed, or said by others. */
function isFollowedElsewhere(value: Json, { file }: Document): boolean {
  if (/(?:^|\/)kustomization\.ya?ml$/i.test(file)) return true;
  const [version, kind] = ["apiVersion", "kind"].map((key) => valueUnder(value, key));
  if (typeof version !== "string" || typeof kind !== "string") return false;
  const group = groupOf(version);
  return isDeployer(group, kind) || group === "kustomize.config.k8s.io";
}

/** The kind of an object that is judged, where its version and kind stand without it. */
function targetIn({ apiVersion, kind, metadata }: JsonObject, rows: Interest["rows"]): string | undefined {
  if (typeof apiVersion !== "string" || typeof kind !== "string" || isObject(metadata)) return undefined;
  const group = groupOf(apiVersion);
  return rows.some((row) => row.role === "judged" && row.group === group && row.kind === kind) ? kind : undefined;
}

const withoutComments = (text: string): string => text.replaceAll(/^[ \t]*(?:#(?!!).*)?\n/gm, "");

/** What decides what a container does: neither where it runs nor with how much. */
const withoutImage = ({
  image: _image,
  imagePullPolicy: _policy,
  resources: _resources,
  ...rest
}: JsonObject): string => exactText(withoutCommentsIn(rest));

function withoutCommentsIn(value: Json): Json {
  if (typeof value === "string") return withoutComments(value);
  if (isList(value)) return value.map(withoutCommentsIn);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutCommentsIn(inner)]));
}

function remark(document: Document, { kind, line, target }: Text): Diagnostic {
  const offset = line === undefined ? 0 : Math.max(0, document.text.indexOf(line));
  const message =
    target !== undefined
      ? `this ${kind} changed, and what it does to the ${target} that it names is not known here: look at it yourself`
      : `a text in this ${kind} changed, and running it or filling it in makes or changes objects that are judged here; these are not among the files: look at it yourself, or pass both results as two directories`;
  return unrendered(message, positionIn(document, offset));
}
