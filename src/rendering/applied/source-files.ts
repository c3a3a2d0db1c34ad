import { posix } from "node:path";
import type { JsonObject } from "../../manifests/manifest.ts";
import { textUnder } from "../../manifests/read-value.ts";
import { byCodeUnits } from "../../manifests/text-order.ts";
import type { DeployerObject } from "../deployers/deployer-objects.ts";
import { mayBeSameName, nameOf } from "../objects-in.ts";
import { type FileTree, folderOf, isBelow, readFollowed } from "../trees/file-tree.ts";
import { type IgnorePattern, leavesOut, patternsIn } from "./ignore-patterns.ts";

/** Which files of a repository a source of Flux leaves out. */
interface SourceFiles {
  readonly leavesOut: (path: string) => boolean;
  /** What decides, in one text to compare; empty where nobody says anything. */
  readonly text: string;
}

/** Which files there are of a folder for a Kustomization of Flux, or why that is not known. */
export type FilesOfSource = (
  reference: JsonObject,
  namespace: string,
  folder: string,
) => SourceFiles | { readonly because: string };

const ignoreFile = ".sourceignore";
/** What Flux leaves out where nobody says anything (fluxcd/pkg@e2cfd1a2 `sourceignore` ExcludeVCS, ExcludeCI, ExcludeExtra). */
const usual =
  /(?:^|\/)(?:\.(?:git|github|circleci)\/|(?:\.(?:travis|gitlab-ci|drone|goreleaser)|appveyor|codeship-services|codeship-steps)\.yml$|(?:\.(?:sops|flux)|cloudbuild)\.yaml$)/;

/**
 * A GitRepository leaves out what every `.sourceignore` of the repository says and then what its own `ignore` says, also for the
 * folders that have a kustomization (fluxcd/source-controller@39b711b1 `internal/controller/gitrepository_controller.go`
 * reconcileArtifact, fluxcd/pkg@e2cfd1a2 `artifact/storage` SourceIgnoreFilter). It keeps no links either.
 */
export async function filesOfSources(tree: FileTree, objects: readonly DeployerObject[]): Promise<FilesOfSource> {
  const places = [...tree.entries.keys()].filter((path) => posix.basename(path) === ignoreFile);
  const contents = await readFollowed(tree, places);
  // Deeper files come later, and decide.
  const written = places
    .toSorted((a, b) => a.split("/").length - b.split("/").length || byCodeUnits(a, b))
    .flatMap((path) => patternsIn(contents.get(path)?.toString("utf8") ?? "", folderOf(path)));
  const sources = objects.filter(({ object }) => textUnder(object, "apiVersion")?.startsWith(group) === true);
  return (reference, namespace, folder) => {
    const own = ignoresOf(sources, reference, namespace);
    if (reference["kind"] === "GitRepository") {
      if (own.length > 1)
        return { because: "the repository has several sources of its name, which do not leave out the same files" };
      const { leavesOut: isLeftOut, text } = filesLeft([...written, ...patternsIn(own[0] ?? "", "")]);
      return { leavesOut: (path) => isLeftOut(path) || tree.entries.get(path)?.isLink === true, text };
    }
    // The root of an artifact or bucket need not be that of the repository.
    if (own.some((text) => text !== "")) return { because: "its source says which files of its folder count" };
    if (places.some((path) => isBelow(path, folder) || isBelow(folder, folderOf(path))))
      return { because: `a ${ignoreFile} says which files of its folder count` };
    return filesLeft([]);
  };
}

const group = "source.toolkit.fluxcd.io/";

/** The different texts by which the sources of a name leave out files. */
function ignoresOf(sources: readonly DeployerObject[], reference: JsonObject, namespace: string): string[] {
  const wanted = {
    name: textUnder(reference, "name") ?? "",
    namespace: textUnder(reference, "namespace") ?? namespace,
  };
  const meant = sources.filter(
    ({ object }) => object["kind"] === reference["kind"] && mayBeSameName(nameOf(object), wanted),
  );
  const texts = meant.map(({ object }) => textUnder(object, "spec", "ignore") ?? "");
  return [...new Set(texts)];
}

const filesLeft = (patterns: readonly IgnorePattern[]): SourceFiles =>
  patterns.length === 0
    ? { leavesOut: (path) => usual.test(path), text: "" }
    : { leavesOut: (path) => leavesOut(patterns, path), text: JSON.stringify(patterns) };
