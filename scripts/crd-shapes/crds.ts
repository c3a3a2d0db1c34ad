import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { Schema } from "./shape.ts";

interface Crd {
  readonly spec: {
    readonly versions: readonly {
      readonly schema: { readonly openAPIV3Schema: Schema };
      readonly subresources?: { readonly scale?: { readonly specReplicasPath: string } };
    }[];
  };
}

/**
 * The files of a CRD as the releases lay them out: one for each set of feature gates, before 4.18 one alone. Taken is the set
 * with most fields: what is behind a gate that is closed is dropped, not refused.
 */
const layouts = (object: string): readonly string[] => [
  ...["crds/hypershift-operator", "hypershift-operator"].flatMap((folder) =>
    [`${object}s-Hypershift-CustomNoUpgrade`, `${object}s-CustomNoUpgrade`].map(
      (name) => `cmd/install/assets/${folder}/zz_generated.crd-manifests/${name}.crd.yaml`,
    ),
  ),
  `cmd/install/assets/hypershift-operator/hypershift.openshift.io_${object}s.yaml`,
];

interface CrdFile {
  /** From the root of the checkout. */
  readonly file: string;
  readonly spec: Schema;
}

/** The schema of the spec of a CRD in a checkout of openshift/hypershift. */
export function crdOf(checkout: string, object: string): CrdFile {
  const file = layouts(object).find((path) => existsSync(join(checkout, path)));
  if (file === undefined) throw new Error(`${checkout} has no CRD of ${object}`);
  const crd = load(readFileSync(join(checkout, file), "utf8")) as Crd;
  const version = crd.spec.versions.at(-1);
  const spec = version?.schema.openAPIV3Schema.properties?.["spec"];
  if (spec === undefined) throw new Error(`${file} has no spec`);
  return { file, spec: withScale(spec, version?.subresources?.scale?.specReplicasPath) };
}

/**
 * The API server takes no negative number of replicas where there is a scale subresource, though no schema says so
 * (kubernetes/apiextensions-apiserver@1aa2717a5 pkg/registry/customresource/validator.go ValidateScaleSpec).
 */
function withScale(spec: Schema, path: string | undefined): Schema {
  const name = /^\.spec\.(\w+)$/.exec(path ?? "")?.[1];
  const replicas = name === undefined ? undefined : spec.properties?.[name];
  if (name === undefined || replicas === undefined) return spec;
  return { ...spec, properties: { ...spec.properties, [name]: { minimum: 0, ...replicas } } };
}
