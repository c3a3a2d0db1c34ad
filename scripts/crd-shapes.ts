// Writes what the API server checks of HyperShift's objects, value by value, from the CRDs that the operator installs, and since
// which operator it has each bound and each rule. With checkouts of openshift/hypershift, the oldest first, the newest last:
// node --import tsx scripts/crd-shapes.ts <commit> 4.14=<checkout> 4.15=<checkout> …
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { crdOf } from "./crd-shapes/crds.ts";
import { shapeOf } from "./crd-shapes/shape.ts";
import { shareShapes } from "./crd-shapes/share.ts";
import { dated } from "./crd-shapes/since.ts";
import { validationsOver } from "./crd-shapes/validations.ts";

const [commit, ...releases] = process.argv.slice(2);
const checkouts = releases.map((release) => {
  const [version = "", checkout] = release.split("=");
  if (checkout === undefined) throw new Error(`name the checkout of ${version}: ${version}=<checkout>`);
  return { version, checkout };
});
if (commit === undefined || checkouts.length === 0) throw new Error("name the newest commit, and the checkouts");

const root = join(import.meta.dirname, "..");
for (const object of ["nodepool", "hostedcluster"] as const) {
  const crds = checkouts.map(({ version, checkout }) => ({ version, ...crdOf(checkout, object) }));
  const newest = crds.at(-1);
  if (newest === undefined) continue;
  const earlier = crds.slice(0, -1).map(({ version, spec }) => ({ version, shape: shapeOf(spec) }));
  const shapes = shareShapes(object, dated(shapeOf(newest.spec), earlier, newest.version));
  const header = [
    `# What the API server takes of the spec of a ${object === "nodepool" ? "NodePool" : "HostedCluster"}, value by value: types, bounds and`,
    "# patterns, and the rules of the CRD. Made by scripts/crd-shapes.ts; rules about the old value are among the refusals.",
    `# openshift/hypershift@${commit} ${newest.file}`,
    "system: hypershift",
  ].join("\n");
  const text = dump(
    { shapes, validations: { [object]: validationsOver(crds) } },
    { lineWidth: -1, noRefs: true, flowLevel: -1 },
  );
  writeFileSync(join(root, "rules/hypershift", `api-${object}.yaml`), `${header}\n${text}`);
}
