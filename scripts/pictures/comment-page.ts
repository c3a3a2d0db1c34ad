import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface MarkedModule {
  readonly Marked: new (options: { gfm: boolean; breaks: boolean }) => {
    use: (extension: unknown) => { parse: (text: string) => string };
  };
}

/** A comment as a page that looks as GitHub shows it; `folder` holds the packages that render it. */
export async function commentPage(comment: string, folder: string): Promise<string> {
  const packages = join(folder, "node_modules");
  const { Marked } = (await import(pathToFileURL(join(packages, "marked/lib/marked.esm.js")).href)) as MarkedModule;
  const alerts = (await import(pathToFileURL(join(packages, "marked-alert/dist/index.js")).href)) as {
    default: () => unknown;
  };
  const css = readFileSync(join(packages, "github-markdown-css/github-markdown-light.css"), "utf8");
  const body = new Marked({ gfm: true, breaks: true })
    .use(alerts.default())
    .parse(comment)
    .replace(/<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g, '<pre class="mermaid">$1</pre>');
  return `<!doctype html><meta charset="utf-8"><style>${css} body { margin: 20px; width: 860px }</style>
<article class="markdown-body">${body}</article>
<script src="node_modules/mermaid/dist/mermaid.min.js"></script>
<script>mermaid.initialize({ startOnLoad: true, securityLevel: "strict" })</script>`;
}
