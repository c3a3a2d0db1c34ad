import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import { relative, sep } from "node:path";
import type { Diagnostic, SourceFile } from "../manifests/manifest.ts";
import { languageOf } from "../manifests/programs.ts";
import { reasonOf, readRegular, type FileBounds, type Input } from "./files.ts";
import type { FolderLink } from "./folder-links.ts";
import { manifestName } from "./manifest-name.ts";
import { shownName } from "./shown-name.ts";

/** Directories that hold nothing anybody applies. */
const skipped = new Set([".git", "node_modules"]);
/** `GROUP.VERSION.KIND.NAMESPACE.NAME`, as `kubectl diff` names the files it hands to KUBECTL_EXTERNAL_DIFF. */
const kubectlName = /^(?:[a-z0-9][a-z0-9.-]*\.)?v\d+(?:(?:alpha|beta)\d+)?\.[A-Z][A-Za-z0-9]*\.[a-z0-9-]*\.[^.].*$/;

type Entry = Dirent<Buffer>;

/** All manifests below a directory, in the order of their paths. Links are not followed out of it, nor into directories. */
export function walk(root: string, prefix: string, bounds: FileBounds): Input {
  const walker = new Walker(root, prefix, bounds);
  walker.directory(Buffer.from(root), prefix);
  walker.links();
  return walker;
}

class Walker implements Input {
  readonly files: SourceFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly folderLinks = new Map<string, FolderLink>();
  readonly #root: string;
  readonly #bounds: FileBounds;
  readonly #prefix: string;
  readonly #pending: { readonly path: Buffer; readonly shown: string; readonly name: string }[] = [];
  readonly #seen = new Set<string>();
  #isFull = false;

  constructor(root: string, prefix: string, bounds: FileBounds) {
    this.#root = realpathSync(root);
    this.#prefix = prefix;
    this.#bounds = bounds;
  }

  directory(root: Buffer, prefix: string): void {
    const open: { path: Buffer; shown: string }[] = [{ path: root, shown: prefix }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { path, shown } = next;
      const inner: typeof open = [];
      for (const entry of this.#list(path, shown, path === root)) {
        const name = entry.name.toString("utf8");
        const child = {
          path: Buffer.concat([path, Buffer.from(sep), entry.name]),
          shown: shown + shownName(entry.name),
          name,
        };
        if (entry.isDirectory()) {
          if (!skipped.has(name)) inner.push({ path: child.path, shown: `${child.shown}/` });
        } else if (entry.isSymbolicLink()) this.#pending.push(child);
        else if (isWanted(name)) this.#file(child.path, child.shown, name);
      }
      open.push(...inner.toReversed());
    }
  }

  /** Links come last, so that what is in the tree itself is read once and under its own name. */
  links(): void {
    for (const { path, shown, name } of this.#pending) {
      let target: string;
      let stats: Stats;
      try {
        target = realpathSync(path);
        stats = statSync(target);
      } catch (error) {
        if (isWanted(name))
          this.#report("broken-link", shown, `the symbolic link leads nowhere: ${reasonOf(error)}; delete or fix it`);
        continue;
      }
      const isInside = target === this.#root || target.startsWith(this.#root + sep);
      if (!isInside) {
        if (stats.isDirectory() || isWanted(name))
          this.#report(
            "link-leaves-tree",
            shown,
            "the symbolic link leads out of the directory and is not followed; pass its target as a file of its own",
          );
      } else if (stats.isFile() && isWanted(name) && !this.#seen.has(idOf(stats)))
        this.#file(Buffer.from(target), shown, name);
      else if (stats.isDirectory() && !skipped.has(name))
        this.folderLinks.set(shown.slice(this.#prefix.length), {
          file: shown,
          target: shownName(relative(this.#root, target).replaceAll(sep, "/") || "."),
        });
    }
  }

  #list(path: Buffer, shown: string, isRoot: boolean): readonly Entry[] {
    try {
      const entries = readdirSync(path, { withFileTypes: true, encoding: "buffer" });
      return entries.toSorted((a, b) => Buffer.compare(a.name, b.name));
    } catch (error) {
      if (isRoot) throw error;
      this.#report("unreadable-file", shown, `cannot read this directory: ${reasonOf(error)}; check its permissions`);
      return [];
    }
  }

  #file(path: Buffer, shown: string, name: string): void {
    if (this.#isFull) return;
    if (this.files.length >= this.#bounds.files) {
      this.#isFull = true;
      this.#report(
        "too-many-files",
        shown,
        `the directory holds more than ${this.#bounds.files} manifests; this one and those after it were not read. Pass a smaller directory`,
      );
      return;
    }
    try {
      const stats = statSync(path);
      if (!stats.isFile()) {
        this.#report(
          "unreadable-file",
          shown,
          "it is a FIFO, a socket or a device, not a file; it was not read. Remove it",
        );
        return;
      }
      if (stats.size > this.#bounds.fileBytes) {
        this.#report(
          "file-too-large",
          shown,
          `it is larger than ${this.#bounds.fileBytes} bytes and was not read. Split it`,
        );
        return;
      }
      this.#seen.add(idOf(stats));
      const bytes = readRegular(path);
      if (hasManifestName(name) || looksLikeManifest(bytes))
        this.files.push({ path: shown, ...this.#placeOf(shown), bytes });
    } catch (error) {
      this.#report("unreadable-file", shown, `cannot read this file: ${reasonOf(error)}; check its permissions`);
    }
  }

  #placeOf(shown: string): Pick<SourceFile, "place"> {
    return this.#prefix === "" ? {} : { place: shown.slice(this.#prefix.length) };
  }

  #report(code: string, shown: string, message: string): void {
    const file = shown === this.#prefix ? this.#prefix || "." : shown;
    this.diagnostics.push({
      severity: code === "link-leaves-tree" ? "warning" : "error",
      code,
      message,
      file,
      incomplete: true,
    });
  }
}

/** By its name alone: manifests, and files without any extension, whose content then decides. */
function isWanted(name: string): boolean {
  return hasManifestName(name) || !name.includes(".");
}

/** Manifests, and what makes them. */
function hasManifestName(name: string): boolean {
  return manifestName.test(name) || kubectlName.test(name) || languageOf(name) !== undefined;
}

/** A file without extension is read when it is text, no script, and holds the words that every manifest holds. */
function looksLikeManifest(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    !text.subarray(0, 8192).includes(0) &&
    !text.subarray(0, 2).equals(Buffer.from("#!")) &&
    text.includes("apiVersion") &&
    text.includes("kind")
  );
}

function idOf(stats: Stats): string {
  return `${stats.dev}:${stats.ino}`;
}
