import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { splitFile } from "../../manifests/read.ts";
import type { RenderedApplication, SideRendering } from "../application.ts";
import type { ToolResult } from "../tools/run-tool.ts";

/** Stands where two renderings of one side differ, so that such a place is no change. */
const mark = "differs in every rendering";

/**
 * Takes out of the comparison what a side renders differently each time: passwords, times, generated keys. When more than
 * single values differ, nothing can be compared.
 */
export function withoutRandomValues(application: RenderedApplication, again: PerSide<ToolResult>): RenderedApplication {
  const places = new Set<string>();
  const steady = (side: SideName): SideRendering | undefined => {
    const first = application.sides[side];
    const second = again[side];
    if (first?.ok !== true || !second.ok || first.output.equals(second.output)) return first;
    const output = steadyText(first.output, second.output, places);
    return output === undefined
      ? { ok: false, because: "it renders different objects each time, so two renderings cannot be compared" }
      : { ...first, output };
  };
  const sides = { base: steady("base"), head: steady("head") };
  if (places.size === 0) return { ...application, sides };
  const shown = [...places].toSorted();
  const more = shown.length > 5 ? ` and ${shown.length - 5} more` : "";
  return {
    ...application,
    sides,
    remarks: [
      ...(application.remarks ?? []),
      {
        severity: "warning",
        code: "differs-by-itself",
        message: `${application.tool} renders ${application.name} differently each time at ${shown.slice(0, 5).join(", ")}${more}; these values were not compared. Set them in the values files`,
        file: application.file,
      },
    ],
  };
}

function steadyText(first: Buffer, second: Buffer, places: Set<string>): Buffer | undefined {
  const [one, two] = [first, second].map((bytes) => splitFile({ path: "", bytes }).map(({ text }) => text.split("\n")));
  if (one === undefined || two?.length !== one.length) return undefined;
  const documents = one.map((lines, index) => {
    const others = two[index] ?? [];
    if (others.length !== lines.length) return undefined;
    return lines.map((line, at) => {
      if (line === others[at]) return line;
      const [, start = "", key = ""] = /^([\s-]*)((?:"[^"]*"|'[^']*'|[^\s:'"#{[]+):\s)?/.exec(line) ?? [];
      places.add(`${kindIn(lines)} ${key.replace(/:\s$/, "")}`.trim());
      return `${start}${key}${key === "" ? mark : JSON.stringify(mark)}`;
    });
  });
  // A random kind or name makes another object each time.
  if (
    documents.some(
      (lines) =>
        lines === undefined || lines.some((line) => /^(?:kind|apiVersion| {2}name(?:space)?): "differs/.test(line)),
    )
  )
    return undefined;
  return Buffer.from(documents.map((lines) => lines?.join("\n")).join("\n---\n"));
}

const kindIn = (lines: readonly string[]): string =>
  lines.flatMap((line) => /^kind:\s*([A-Za-z]+)/.exec(line)?.[1] ?? [])[0] ?? "";
