import type { SourceFile } from "../manifests/manifest.ts";

/** What a file of rules holds, or why it cannot be read. */
type ReadRules = Uint8Array | { readonly wrong: string };

/**
 * Reads the files of rules that a configuration names, by their paths.
 * @throws {ProblemsError} with file, line and key of each that cannot be read
 */
export async function readNamedRules(
  { file, paths }: { readonly file: SourceFile; readonly paths: readonly string[] },
  read: (path: string) => Promise<ReadRules> | ReadRules,
): Promise<SourceFile[]> {
  const found = await Promise.all(paths.map(async (path) => ({ path, bytes: await read(path) })));
  const problems = found.flatMap(({ bytes }, index) =>
    "wrong" in bytes
      ? [{ path: ["rules", index], message: `${bytes.wrong}. The path begins at the folder of this file` }]
      : [],
  );
  if (problems.length > 0) throw (await import("./known-names.ts")).problemsIn(file, problems);
  return found.flatMap(({ path, bytes }) => ("wrong" in bytes ? [] : [{ path, bytes }]));
}
