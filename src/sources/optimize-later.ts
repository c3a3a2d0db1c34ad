import type { SourceFile } from "../manifests/manifest.ts";
import { sizeOf } from "../manifests/text/parts.ts";

/** Below this many bytes of manifests too little is judged for the engine to optimise much. */
const largeInput = 256 * 1024;

/**
 * The engine's options, by the versions whose name and unit for it were measured: V8 prints an error for names it does
 * not know. Node.js 20 counts bytes of executed bytecode, later ones count calls.
 */
function optionsOf(engine: string): readonly string[] {
  const major = Number.parseInt(engine, 10);
  if (major === 11) return ["--interrupt-budget=400000", smallFunctions];
  if (major >= 12 && major <= 14) return ["--invocation-count-for-turbofan=30000", smallFunctions];
  return [];
}

/** What is optimised is compiled with less of what it calls: that takes 0.93 of the time on Node.js 20, 0.99 on 24. */
const smallFunctions = "--max-inlined-bytecode-size-cumulative=200";

/**
 * Judging many manifests makes hundreds of functions warm and hardly one hot: V8's defaults spend a third of such a run
 * on optimising code that then runs for a second. Waiting ten times as long takes 0.7 of the processor time for 100 to
 * 1,000 Shoots and 0.9 for 10,000 on Node.js 20, 0.9 on later ones (`npm run bench`). Small inputs are left alone, since loading
 * `node:v8` costs 2 ms.
 */
export async function optimizeLater(bytes: number): Promise<void> {
  const options = optionsOf(process.versions.v8);
  if (bytes < largeInput || options.length === 0) return;
  const { setFlagsFromString } = await import("node:v8");
  for (const option of options) setFlagsFromString(option);
}

/** How much manifest text the sides hold. */
export const bytesOf = (...sides: readonly { readonly files: readonly SourceFile[] }[]): number =>
  sides.flatMap(({ files }) => files).reduce((sum, file) => sum + sizeOf(file), 0);
