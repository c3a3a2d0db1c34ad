import { findProgram } from "../../sources/find-program.ts";
import { runTool } from "./run-tool.ts";

/** A program on the user's PATH that renders, with its name and version. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly command: string;
  /** The arguments before the folder to build. */
  readonly build: readonly string[];
}

/** The user's own `kustomize`, or else the one inside `kubectl`. */
export async function findKustomize(folder: string, path = process.env["PATH"]): Promise<Tool | undefined> {
  const kustomize = findProgram("kustomize", path);
  if (kustomize !== undefined) {
    // Distributions build it without its version.
    const version = await versionOf(kustomize, ["version"], /v\d+\.\d+\.\d+[\w.+-]*|\(devel\)/, folder);
    if (version !== undefined) return { name: "kustomize", version, command: kustomize, build: ["build"] };
  }
  const kubectl = findProgram("kubectl", path);
  if (kubectl === undefined) return undefined;
  const version = await versionOf(
    kubectl,
    ["version", "--client"],
    /Kustomize Version: (v\d+\.\d+\.\d+[\w.+-]*)/,
    folder,
  );
  return version === undefined
    ? undefined
    : { name: "kubectl kustomize", version, command: kubectl, build: ["kustomize"] };
}

export async function findHelm(folder: string, path = process.env["PATH"]): Promise<Tool | undefined> {
  const command = findProgram("helm", path);
  if (command === undefined) return undefined;
  const version = await versionOf(command, ["version", "--short"], /v\d+\.\d+\.\d+[\w.-]*/, folder);
  return version === undefined ? undefined : { name: "helm", version, command, build: ["template"] };
}

async function versionOf(
  command: string,
  args: readonly string[],
  pattern: RegExp,
  folder: string,
): Promise<string | undefined> {
  const result = await runTool({ command, args, folder, timeoutMs: 20_000 });
  if (!result.ok) return undefined;
  const match = pattern.exec(result.output.toString("utf8"));
  return match?.[1] ?? match?.[0];
}
