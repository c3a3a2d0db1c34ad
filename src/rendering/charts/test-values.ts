import { posix } from "node:path";
import { groupBy } from "../../manifests/group-by.ts";
import type { Diagnostic } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { splitDocuments } from "../../manifests/text/split.ts";
import type { RenderedApplication } from "../application.ts";
import { isRelevant, type JudgedKind } from "../relevant.ts";
import type { ChartJob } from "./chart-job.ts";
import { filesOf } from "./chart-release.ts";

/** A chart that was rendered on every side that has it. */
interface RenderedChart {
  readonly job: ChartJob;
  readonly sides: RenderedApplication["sides"];
}

/**
 * Reports charts that were rendered with the values for their tests, once for each chart. What a template does with other
 * values, these do not show: where they make no pools at all, nothing of a changed template was judged.
 */
export function testValueRemarks(
  rendered: readonly RenderedChart[],
  changed: ReadonlySet<string>,
  kinds: readonly JudgedKind[],
): Diagnostic[] {
  const forTests = rendered.filter(({ job }) => job.given === "for-tests");
  const byChart = groupBy(forTests, ({ job }) => job.file);
  return Array.from(byChart, ([file, all]): Diagnostic => {
    const values = [...new Set(all.flatMap(({ job: { releases } }) => filesOf(releases.head ?? releases.base!)))];
    const said = `the chart ${posix.dirname(file)} was rendered with ${values.join(", ")}, the values for its tests`;
    const known = { code: "rendered-with-ci-values", file } as const;
    const pools = all.map((one) => sideNames.map((side) => poolsMade(one, side, kinds)));
    const template = changedTemplate(all, changed, kinds);
    const input = template ?? changedInput(all, changed);
    if (input !== undefined && pools.flat().every((made) => made === "")) {
      const message = `${said}, which make no pools at all, so what the change of ${input} does is unknown; name the real values in render.charts`;
      return { severity: "warning", ...known, message, incomplete: true, hidesPools: true };
    }
    if (template !== undefined && pools.every(([base, head]) => base === head)) {
      const message = `${said}, which make the same pools on both sides, though ${template} changed: what it does with other values was not judged; name the real ones in render.charts`;
      return { severity: "warning", ...known, message };
    }
    return { severity: "notice", ...known, message: `${said}; name the real ones in render.charts` };
  });
}

/** What was rendered of pools and clusters, as a text to compare. */
function poolsMade({ sides }: RenderedChart, side: "base" | "head", kinds: readonly JudgedKind[]): string {
  const rendering = sides[side];
  if (rendering?.ok !== true) return "";
  return splitDocuments(rendering.output.toString("utf8"))
    .filter(({ text }) => isRelevant(Buffer.from(text), kinds))
    .map(({ text }) => text)
    .join("---\n");
}

const helper = /\/templates\/(?:.*\/)?(?:_[^/]*|[^/]*\.tpl)$/;
/** Not those in `ci`, which are for tests themselves. */
const ownValues = /^(?!.*(?:^|\/)ci\/[^/]*$).*(?:^|\/)values\.ya?ml$/;

/** What templates of pools may take in, and differs between the sides: a helper, or the chart's own values. */
const changedInput = (all: readonly RenderedChart[], changed: ReadonlySet<string>): string | undefined =>
  all
    .flatMap(({ job }) => [...job.files])
    .find((path) => changed.has(path) && (helper.test(path) || ownValues.test(path)));

/** A template of pools that differs between the sides. */
function changedTemplate(
  all: readonly RenderedChart[],
  changed: ReadonlySet<string>,
  kinds: readonly JudgedKind[],
): string | undefined {
  const paths = [...new Set(all.flatMap(({ job }) => [...job.files]))].filter(
    (path) => changed.has(path) && path.includes("/templates/"),
  );
  return paths.find((path) =>
    all.some(({ sides }) =>
      sideNames.some((side) => {
        const rendering = sides[side];
        const bytes = rendering?.ok === true ? rendering.sources.get(path) : undefined;
        return bytes !== undefined && isRelevant(bytes, kinds);
      }),
    ),
  );
}
