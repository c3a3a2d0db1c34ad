import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly folder: string;
}

const root = join(import.meta.dirname, "..");

/** The packages whose code the bundles hold, found by bundling: what is not imported is not shipped. */
export async function bundledPackages(inputs: readonly string[]): Promise<BundledPackage[]> {
  const folders = new Set<string>();
  for (const input of inputs) {
    const bundle = await rolldown({
      input: join(root, input),
      platform: "node",
      cwd: root,
      resolve: { mainFields: ["module", "main"], conditionNames: ["import", "module", "default"] },
      logLevel: "silent",
    });
    const { output } = await bundle.generate({ format: "esm" });
    await bundle.close();
    for (const chunk of output)
      for (const module of chunk.type === "chunk" ? Object.keys(chunk.modules) : []) {
        const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0];
        if (folder !== undefined) folders.add(folder);
      }
  }
  return [...folders]
    .map((folder) => {
      const text = readFileSync(join(folder, "package.json"), "utf8");
      const { name, version, license } = JSON.parse(text) as { name: string; version: string; license?: string };
      if (license === undefined) throw new Error(`${name} names no licence in its package.json`);
      return { name, version, license, folder };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
