import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}
interface Slice {
  readonly source: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

/** OpenAPI's `nullable` is beside a choice of schemas too; in JSON Schema null is one more of them. */
function withNull(_: string, value: unknown): unknown {
  const { nullable, type, oneOf, ...rest } = (value ?? {}) as { nullable?: boolean; type?: string; oneOf?: object[] };
  return nullable === true && type === undefined && oneOf !== undefined
    ? { ...rest, oneOf: [...oneOf, { enum: [null] }] }
    : value;
}

const slice = JSON.parse(readFileSync(new URL("openapi-slice.json", import.meta.url), "utf8"), withNull) as Slice;
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: "github", components: slice.components });
const compiled = new Map<object, ValidateFunction>();

function check(schema: object, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"github#/components');
    validate = ajv.compile(JSON.parse(text) as object);
    compiled.set(schema, validate);
  }
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const patterns = Object.entries(slice.paths).map(([path, methods]) => ({
  methods,
  // A ref and a commit-ish may hold slashes.
  pattern: new RegExp(`^${path.replaceAll(/\{(ref|basehead)\}/g, "(.+)").replaceAll(/\{\w+\}/g, "([^/]+)")}$`),
}));

/** What GitHub's own description says against a request or its answer; empty when nothing. */
export function problemsOf(
  method: string,
  path: string,
  request: unknown,
  answer: { readonly status: number; readonly body: unknown },
): string[] {
  const operation = patterns.find(({ pattern }) => pattern.test(path))?.methods[method.toLowerCase()];
  if (operation === undefined) return [`${method} ${path} is not among the operations of ${slice.source}`];
  const body = operation.requestBody?.content["application/json"]?.schema;
  const reply = operation.responses[String(answer.status)]?.content?.["application/json"]?.schema;
  return [
    ...(body === undefined || request === undefined
      ? []
      : check(body, request).map((text) => `request of ${method} ${path}: ${text}`)),
    ...(reply === undefined ? [] : check(reply, answer.body).map((text) => `answer to ${method} ${path}: ${text}`)),
  ];
}
