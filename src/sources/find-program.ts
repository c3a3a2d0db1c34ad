import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** Where systems look without a PATH. */
const standardPath = "/usr/local/bin:/usr/bin:/bin";

/**
 * A program on PATH. Folders that are not absolute are passed over, since they may be the repository's own; Windows looks
 * into the folder that a program starts in before any of PATH, so no program is ever started by its name alone.
 */
export function findProgram(name: string, path = standardPath): string | undefined {
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, process.platform === "win32" ? `${name}.exe` : name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      continue;
    }
  }
  return undefined;
}
