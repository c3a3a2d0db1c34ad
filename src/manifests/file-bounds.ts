import { bounds } from "./bounds.ts";
import type { Diagnostic, SourceFile } from "./manifest.ts";
import { sizeOf } from "./text/parts.ts";

/** What is beyond a bound is not read, so the report is not complete. */
export const beyond = (code: string, message: string, file: string): Diagnostic => ({
  severity: "error",
  code,
  message: `${message}; this file and those after it were not read. Pass fewer files`,
  file,
  incomplete: true,
});

/** The files that fit into the bounds of a side, and diagnostics for those that do not. */
export function withinBounds(files: readonly SourceFile[]): {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const kept: SourceFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (file.path.length > bounds.pathLength) {
      const message = `the path has ${file.path.length} characters, more than ${bounds.pathLength}; the file is not read`;
      const shown = `${file.path.slice(0, 100)}…`;
      diagnostics.push({ severity: "error", code: "path-too-long", message, file: shown, incomplete: true });
      continue;
    }
    bytes += sizeOf(file);
    if (bytes > bounds.totalBytes) {
      diagnostics.push(beyond("too-much-text", `the files hold more than ${bounds.totalBytes} bytes`, file.path));
      break;
    }
    kept.push(file);
  }
  return { files: diagnostics.length === 0 ? files : kept, diagnostics };
}
