import type { Pruner } from "../../analysis/deployment.ts";
import { globMatcher } from "../../configuration/glob.ts";
import { valueUnder } from "../../manifests/read-value.ts";
import type { RenderedApplication } from "../application.ts";
import { judgedIn, nameOf, objectsIn } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";
import { mayBeManifest, readFollowed, readMatching, type TreeChange, within } from "../trees/file-tree.ts";
import { deletesWithIt } from "./argo-application.ts";
import { deployers, type Deployment, deploymentOf } from "./deployment.ts";

/**
 * The Argo CD and Flux objects of the repository that deploy applications from which something is removed. One that goes itself
 * takes along what it deployed: an Application by its finalizer, a Kustomization of Flux when it prunes.
 */
export async function prunersFor({ base, head }: TreeChange, applications: readonly string[]): Promise<Pruner[]> {
  if (applications.length === 0) return [];
  const paths = [...base.entries.keys()].filter(mayBeManifest);
  const inBase = await readMatching(base, paths, deployers);
  const contents = new Map([...inBase, ...(await readFollowed(head, [...inBase.keys()]))]);
  const found: Pruner[] = [];
  for (const [file, bytes] of contents)
    for (const object of objectsIn(bytes, deployers)) {
      const deployment = deploymentOf(object);
      if (deployment === undefined) continue;
      const isGone = !head.entries.has(file);
      // Deleting an ApplicationSet deletes its Applications, each according to its own finalizer, which the template may leave
      // out: undecided.
      if (isGone && deployment.kind === "ApplicationSet") continue;
      const removes = isGone && deployment.kind === "Application" ? deletesWithIt(object) : prunes(deployment);
      const by = `${deployment.tool} ${deployment.kind} ${nameOf(object).name} (${file})`;
      for (const name of applications)
        if (deployment.paths.some((path) => matches(path, name)) && !found.some((one) => one.application === name))
          found.push({ application: name, prunes: removes, tool: deployment.tool, by });
    }
  return found;
}

/** Whether a change may remove something that is judged from an application. */
export function mayShrink({ sides: { base, head } }: RenderedApplication, kinds: readonly JudgedKind[]): boolean {
  if (base?.ok !== true || head?.ok === false) return false;
  const left = new Set(head === undefined ? [] : judgedIn(head.output, kinds));
  return judgedIn(base.output, kinds).some((identity) => !left.has(identity));
}

const prunes = ({ tool, spec }: Deployment): boolean =>
  (tool === "Flux" ? spec["prune"] : valueUnder(spec, "syncPolicy", "automated", "prune")) === true;

/** `clusters/*` of a generator, `{{path}}` of its template, or the folder itself. */
function matches(path: string, application: string): boolean {
  if (path.includes("{{")) return false;
  const folder = (within("", path) ?? path) || ".";
  // The generators of Argo CD know no other wildcard than the star.
  const pattern = folder.replaceAll(/[!?[\]{}()\\]/g, String.raw`\$&`).replaceAll(/\*+/g, "*");
  try {
    return globMatcher(pattern, { of: "paths" })(application) === true;
  } catch {
    // Too many stars: what deploys the folder remains unknown.
    return false;
  }
}
