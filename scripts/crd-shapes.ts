// Writes what the API server checks of HyperShift's objects, value by value, from the CRDs that the operator installs, and since
// which operator it has each bound and each rule. With checkouts of openshift/hypershift, the oldest first, the newest last:
// node --import tsx scripts/crd-shapes.ts <commit> 4.14=<checkout> 4.15=<checkout> …
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Shape } from "../src/rules/rows.ts";
import { crdOf } from "./crd-shapes/crds.ts";
import { pagesOf, pageText } from "./crd-shapes/pages.ts";
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

const kebab = (name: string): string => name.replaceAll(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);

const folder = join(import.meta.dirname, "../rules/hypershift/crds");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [object, kind] of [
  ["nodepool", "NodePool"],
  ["hostedcluster", "HostedCluster"],
] as const) {
  const crds = checkouts.map(({ version, checkout }) => ({ version, ...crdOf(checkout, object) }));
  const newest = crds.at(-1);
  if (newest === undefined) continue;
  const earlier = crds.slice(0, -1).map(({ version, spec }) => ({ version, shape: shapeOf(spec) }));
  const { [object]: whole = {}, ...shared } = shareShapes(object, dated(shapeOf(newest.spec), earlier, newest.version));
  const write = (name: readonly string[], about: string, said: object): void => {
    const header = [
      `# What the API server takes of ${about} of a ${kind}, value by value: types, bounds,`,
      "# patterns, and the rules of the CRD. Made by scripts/crd-shapes.ts; rules about the old value are among the refusals.",
      `# openshift/hypershift@${commit} ${newest.file}`,
    ].join("\n");
    const file = `${[object, ...name].map(kebab).join("-")}.yaml`;
    writeFileSync(join(folder, file), `${header}\n${pageText({ system: "hypershift", ...said })}`);
  };
  for (const { place, shape, rows } of pagesOf(whole, validationsOver(crds)))
    write(place, ["spec", ...place].join("."), {
      shapes: { [object]: place.reduceRight<Shape>((inner, name) => ({ [name]: inner }), shape) },
      ...(rows.length === 0 ? {} : { validations: { [object]: rows } }),
    });
  if (Object.keys(shared).length > 0) write(["shared"], "what stands in several places", { shapes: shared });
}
