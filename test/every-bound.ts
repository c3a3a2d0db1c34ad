import { summaryBudget } from "../src/action/deliver.ts";
import { mostConcerned, mostPools } from "../src/analysis/pool-bound.ts";
import { longestReport } from "../src/cli/report-file.ts";
import { globBounds } from "../src/configuration/glob.ts";
import { maximumFolders } from "../src/github/trees.ts";
import { boundTable } from "../src/manifests/bounds.ts";
import { mostReplicas } from "../src/manifests/wrappers.ts";
import { longestSegment } from "../src/rendering/applied/ignore-patterns.ts";
import { mostSearched } from "../src/rendering/changed-values.ts";
import { mostParts } from "../src/rendering/charts/chart-parts.ts";
import { mostText } from "../src/rendering/deployers/application-sets/application-set.ts";
import { mostFiles, mostReleases } from "../src/rendering/deployers/bounds.ts";
import { mostNeighbours } from "../src/rendering/neighbours/neighbours.ts";
import { defaultTimeoutMs, mostMessage, mostOutput } from "../src/rendering/tools/run-tool.ts";
import { mostLookedThrough } from "../src/rendering/tools/told-secrets.ts";
import { mostUnpacked } from "../src/rendering/trees/archive.ts";
import { mostLinks } from "../src/rendering/trees/file-tree.ts";
import { mostCauses } from "../src/report/cause.ts";
import { mostChecked } from "../src/report/checked.ts";
import { longestValue } from "../src/report/display.ts";
import { deepestReport } from "../src/report/read-report.ts";
import { longestMatched } from "../src/rules/encodings/pattern.ts";
import { mostDigits } from "../src/rules/encodings/quantity.ts";
import { defaultFileBounds } from "../src/sources/files.ts";
import { defaultSilenceMs } from "../src/sources/git/silence.ts";
import { defaultFileBytes as gitHubFileBytes, maximumSearched } from "../src/sources/github.ts";
import { mostClashes } from "../src/systems/gardener/providers/infrastructure-networks.ts";
import { mostPatched } from "../src/systems/hypershift/go/json-patch.ts";
import { mostDevices } from "../src/systems/hypershift/template/kubevirt.ts";
import { longestMessage, longestTitle, mostPerLevel } from "../src/views/annotations.ts";
import { commentBudget, mostTexts } from "../src/views/comment.ts";
import { longestLine, maxEditLength } from "../src/views/field-diffs.ts";
import { mostPictured } from "../src/views/mermaid.ts";

/** Every size that a stranger decides: its bound, and what happens at it. */
export const bounds: Readonly<Record<string, readonly [value: unknown, effect: string]>> = {
  // Sources.
  "bytes of a file": [defaultFileBounds.fileBytes, "not read: diagnostic, not complete"],
  "bytes of a file from GitHub": [gitHubFileBytes, "not read: diagnostic, not complete"],
  "milliseconds of git's silence": [defaultSilenceMs, "stopped: exit 3, and --git-timeout named"],
  "folders of a tree that GitHub lists in parts": [maximumFolders, "refused: the check fails and says to check out"],
  "files that GitHub hands out for a search": [
    maximumSearched,
    "those named as manifests are searched, or none: diagnostic tree-not-searched, not complete",
  ],
  "files of a directory": [defaultFileBounds.files, "those beyond are not read: diagnostic, not complete"],
  // Manifests: the rows of `boundTable`, each tested in test/manifests/bounds.test.ts.
  ...Object.fromEntries(Object.entries(boundTable).map(([name, row]) => [name, [row.value, row.effect] as const])),
  "Shoots of a ManagedSeedSet": [mostReplicas, "the first are judged: diagnostic, not complete"],
  // Rendering.
  "charts of the repository in one chart": [mostParts, "it is not rendered: pools unknown, not complete"],
  "releases of charts that Argo CD and Flux make": [mostReleases, "the others are named and unknown: not complete"],
  "characters of the Applications of an ApplicationSet": [mostText, "its releases are unknown: not complete"],
  "bytes unpacked of a packed chart": [mostUnpacked.ofOne, "it counts as one that holds pools"],
  "bytes unpacked of packed charts together": [mostUnpacked.ofAll, "the others count as such that hold pools"],
  "changed values among which parts of a rendered text are searched": [
    mostSearched,
    "the cause points to a line further off",
  ],
  "kustomizations and charts that are rendered because they use what changed": [
    mostNeighbours,
    "not rendered: diagnostic unrendered, not complete",
  ],
  "links in a row that rendering follows": [mostLinks, "not followed: the build fails, pools unknown, not complete"],
  "milliseconds of a tool": [defaultTimeoutMs, "stopped: pools unknown, not complete"],
  "bytes that a tool prints": [mostOutput, "stopped: pools unknown, not complete"],
  "bytes given to a tool that are looked through for secrets when it fails": [
    mostLookedThrough,
    "its complaint is not shown",
  ],
  "characters of a tool's complaint": [mostMessage, "cut, ends in …"],
  "files searched for Argo CD and Flux objects": [
    mostFiles,
    "a removed pool is `deleted if your GitOps tool prunes`; what a changed object makes of a larger folder is unknown",
  ],
  // Analysis.
  "pairs of networks of one Shoot that overlap": [mostClashes, "no more are named: each of them refuses the Shoot"],
  "pools in one object": [
    mostPools.inOneObject,
    "not judged: diagnostic too-many-pools, verdict unknown, not complete",
  ],
  "pools of one cluster": [mostPools.asObjects, "not judged: diagnostic too-many-pools, verdict unknown, not complete"],
  "changed places of what the pools of one cluster share, for all of them": [
    mostConcerned,
    "not judged: diagnostic too-many-changes, verdict unknown, not complete",
  ],
  "characters held against a pattern of the API": [longestMatched, "not tried: unknown, with the reason"],
  "digits of a quantity": [mostDigits, "no quantity: what holds it is refused"],
  "characters of a name in a pattern of what Flux leaves out": [longestSegment, "fits no file, which is judged"],
  "values that a JSON patch of VMs writes": [mostPatched.values, "not followed: unknown, with the reason"],
  "levels of a JSON patch of VMs": [mostPatched.levels, "not followed: unknown, with the reason"],
  "host devices of a pool": [mostDevices, "not told apart: unknown, with the reason"],
  // Configuration.
  "characters of a glob": [globBounds.length, "refused with file and line, exit 2"],
  "stars in one name of a glob": [globBounds.starsInFolder, "refused with file and line, exit 2"],
  "** of a glob": [globBounds.anyFolders, "refused with file and line, exit 2"],
  "braces of a glob": [globBounds.braces, "refused with file and line, exit 2"],
  "characters held against a glob": [globBounds.text, "not tried: the file is read, the gate holds"],
  // Reports that are read again.
  "bytes of a report": [longestReport, "refused, exit 3"],
  "levels of a report": [deepestReport, "refused, exit 3"],
  // Report.
  "causes of a pool": [
    mostCauses,
    "the first for each effect and the strongest; the last says how many more there are",
  ],
  "places of a pool that were looked at": [mostChecked, "the last says that there are more"],
  // Views.
  "characters of a value": [longestValue, "cut, with the number of those that are not shown"],
  "characters of a line in a diff": [longestLine, "cut, ends in …"],
  "edits of a diff": [maxEditLength, "shown as all removed and all added"],
  "changes in the picture": [mostPictured.changes, "what is left out is counted below it"],
  "pools of a cluster in the picture": [mostPictured.poolsOfCluster, "a node counts the rest"],
  "reasons of a gate, and notes, in a comment": [mostTexts, "the last counts the rest"],
  "annotations of a level": [mostPerLevel, "the last stands for the rest"],
  "characters of an annotation": [longestMessage, "cut, ends in …"],
  "characters of an annotation's title": [longestTitle, "cut, ends in …"],
  "characters of a comment": [
    commentBudget,
    "detail goes first, then rows of a long table, and what is not shown is counted",
  ],
  "characters of a summary": [summaryBudget, "as the comment"],
};
