import type { Report } from "../report/report.ts";
import { code, linkPath, markdown } from "./escape.ts";
import type { Place } from "./groups.ts";
import { sourceLinks } from "./source-link.ts";

/** Where the judged files can be looked at. */
export interface Commits {
  /** Full object ids. */
  readonly base?: string | undefined;
  readonly head?: string | undefined;
  /** The address of the repository on its server: `https://github.com/owner/name`. */
  readonly repository?: string | undefined;
}

/** What turns places into links; a place stays plain code where the commit or the repository is not known. */
export interface Linker {
  readonly place: (place: Place) => string;
  readonly commit: (revision: string | null | undefined) => string;
}

const address = /^https?:\/\/[\w.:-]+(?:\/[\w.~-]+)*$/;
const objectId = /^[0-9a-f]{7,64}$/;

export function linker(report: Report, commits: Commits = {}): Linker {
  const repository =
    commits.repository !== undefined && address.test(commits.repository) ? commits.repository : undefined;
  const removed = new Set(report.objects.filter(({ change }) => change === "removed").map(({ object }) => object));
  return {
    place: ({ file, line, object }) => {
      if (file === null) return code(object);
      const text = code(line === null ? file : `${file}:${line}`);
      const revision = removed.has(object) ? commits.base : commits.head;
      if (repository === undefined || revision === undefined || !objectId.test(revision)) return text;
      return `[${text}](${repository}/blob/${revision}/${linkPath(file)}${line === null ? "" : `#L${line}`})`;
    },
    commit: (revision) => {
      if (revision === null || revision === undefined || revision === "") return "";
      if (!objectId.test(revision)) return code(revision, 60);
      const text = code(revision.slice(0, 10));
      return repository === undefined ? text : `[${text}](${repository}/commit/${revision})`;
    },
  };
}

/** The upstream code a rule was read from, as links. */
export const sourceMarkdown = (source: string): string =>
  sourceLinks(source)
    .map(({ label, url }) => {
      const link = url === undefined ? undefined : /^(https:\/\/github\.com\/)(.*)$/.exec(url);
      return link === undefined || link === null
        ? markdown(label)
        : `[${markdown(label)}](${link[1]}${linkPath(link[2] ?? "")})`;
    })
    .join("; ");
