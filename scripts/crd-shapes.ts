// Writes what the API server checks of HyperShift's objects, value by value, from the CRDs that the operator installs.
// In a checkout of openshift/hypershift: node --import tsx scripts/crd-shapes.ts <checkout> <commit>
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { type Schema, shapeOf } from "./crd-shapes/shape.ts";
import { shareShapes } from "./crd-shapes/share.ts";
import { validationsOf } from "./crd-shapes/validations.ts";

const [checkout, commit] = process.argv.slice(2);
if (checkout === undefined || commit === undefined) throw new Error("name the checkout and its commit");
const folder = "cmd/install/assets/crds/hypershift-operator/zz_generated.crd-manifests";
// The set of feature gates with most fields: what is behind a gate that is closed is dropped, not refused.
const objects = [
  { object: "nodepool", file: "nodepools-CustomNoUpgrade.crd.yaml" },
  { object: "hostedcluster", file: "hostedclusters-Hypershift-CustomNoUpgrade.crd.yaml" },
] as const;

interface Crd {
  readonly spec: {
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

const root = join(import.meta.dirname, "..");
for (const { object, file } of objects) {
  const crd = load(readFileSync(join(checkout, folder, file), "utf8")) as Crd;
  const spec = crd.spec.versions.at(-1)?.schema.openAPIV3Schema.properties?.["spec"];
  if (spec === undefined) throw new Error(`${file} has no spec`);
  const shapes = shareShapes(object, shapeOf(spec));
  const validations = [...validationsOf(spec, "spec")];
  const header = [
    `# What the API server takes of the spec of a ${object === "nodepool" ? "NodePool" : "HostedCluster"}, value by value: types, bounds and`,
    "# patterns, and the rules of the CRD. Made by scripts/crd-shapes.ts; rules about the old value are among the refusals.",
    `# openshift/hypershift@${commit} ${folder}/${file}`,
    "system: hypershift",
  ].join("\n");
  const text = dump({ shapes, validations: { [object]: validations } }, { lineWidth: -1, noRefs: true, flowLevel: -1 });
  writeFileSync(join(root, "rules/hypershift", `api-${object}.yaml`), `${header}\n${text}`);
}
