import assert from "node:assert/strict";
import { test } from "node:test";
import type { Shape } from "../../../../src/rules/rows.ts";
import { fieldsOf, type ObjectShape } from "../../../../src/systems/api-shape.ts";
import { leafCheck } from "../../../../src/systems/gardener/api/leaf.ts";
import { loadTables } from "../../../../src/systems/tables.ts";
import { effectOf, joined, type Part, type TrialShoot } from "../trial-shoot.ts";

const table = loadTables().find(({ system }) => system === "gardener") ?? assert.fail("there is no table of gardener");

/** Texts of the forms that providers ask for. */
const texts =
  `text 10.250.0.0/16 2001:db8::/56 vpc-1 subnet-1 eipalloc-1 sg-1 snap-1 cr-1 arn:text a:b:c:d Microsoft.Storage
  arn:aws:resource-groups:text a@b.gserviceaccount.com https://www.googleapis.com/auth/text https://logs.blob.core.windows.net/a
  /CommunityGalleries/a/Images/b/Versions/c /SharedGalleries/a/Images/b/Versions/c /subscriptions/a/resourceGroups/b/providers/c/capacityReservationGroups/d 01234567-89ab-cdef-0123-456789abcdef /subscriptions/01234567-89ab-cdef-0123-456789abcdef/resourceGroups/group/providers/a/b/name`.split(
    /\s+/,
  );
const fits = (leaf: string) => (text: string) => {
  let problem: string | undefined;
  leafCheck(leaf)?.(text, { kubernetesVersion: undefined, catalog: () => ({}) }, (message) => (problem = message));
  return problem === undefined;
};

/** A value that fits a leaf of a shape. */
function sampleOf(leaf: string): unknown {
  const [type = "", ...constraints] = leaf.split(" ");
  const allowed = constraints.find((one) => one.startsWith("in="));
  if (allowed !== undefined) return allowed.slice(3).split("|")[0];
  switch (type) {
    case "map":
      if (constraints.includes("feature-gates")) return { ContextualLogging: true };
      return { example: sampleOf(constraints.join(" ")) };
    case "int32":
    case "int64":
      return Number(constraints.find((one) => one.startsWith(">="))?.slice(2) ?? 1);
    case "float64":
      return 0.5;
    case "bool":
      return true;
    case "quantity":
      return "1Gi";
    default:
      return texts.find(fits(leaf)) ?? assert.fail(`no text fits ${leaf}`);
  }
}

/** Each leaf of a shape on its own, as the smallest value that holds it. */
function* leavesOf(shape: Shape, name = ""): Generator<{ readonly name: string; readonly value: unknown }> {
  if (typeof shape === "string") return void (yield { name, value: sampleOf(shape) });
  if (Array.isArray(shape)) {
    for (const inner of leavesOf((shape as readonly [Shape])[0], `${name}[]`)) yield { ...inner, value: [inner.value] };
    return;
  }
  for (const [key, member] of fieldsOf(shape as ObjectShape)) {
    for (const inner of leavesOf(member, `${name}.${key}`)) yield { ...inner, value: { [key]: inner.value } };
  }
}

const kinds = {
  "worker-config": ["WorkerConfig", (config: Part): Partial<TrialShoot> => ({ worker: { providerConfig: config } })],
  "infrastructure-config": [
    "InfrastructureConfig",
    (infrastructure: Part): Partial<TrialShoot> => ({ infrastructure }),
  ],
  "control-plane-config": [
    "ControlPlaneConfig",
    (config: Part): Partial<TrialShoot> => ({ spec: { provider: { controlPlaneConfig: config } } }),
  ],
} as const;

/** The places of a provider whose change no rule answers for. */
function unanswered(provider: string, kubernetes: string): string[] {
  return Object.entries(kinds).flatMap(([place, [kind, shootWith]]) => {
    const shape = table.shapes[`${provider}-${place}`];
    if (shape === undefined || typeof shape === "string") return [];
    const meta = { apiVersion: `${provider}.provider.extensions.gardener.cloud/v1alpha1`, kind };
    return [...leavesOf(shape)].flatMap(({ name, value }) => {
      const base: TrialShoot = { provider, kubernetes, ...shootWith(meta) };
      const effect = effectOf(base, shootWith(joined(meta, value as Part)));
      return effect === "unknown" ? [`${provider}-${place}${name}`] : [];
    });
  });
}

const described = [
  ...new Set(Object.keys(table.shapes).flatMap((name) => /^(.+)-infrastructure-config$/.exec(name)?.[1] ?? [])),
];

for (const kubernetes of ["1.33.4", "1.36.0"])
  test(`every field that a provider decodes has a rule, for Kubernetes ${kubernetes}`, () => {
    assert.deepEqual(described.toSorted(), [
      "alicloud",
      "aws",
      "azure",
      "gcp",
      "hcloud",
      "ironcore",
      "ironcore-metal",
      "metal",
      "openstack",
      "stackit",
      "vsphere",
    ]);
    const open = described.flatMap((provider) => unanswered(provider, kubernetes));
    // What is stored for a Shoot that does not speak of it depends on when it was made: a rule says so.
    assert.deepEqual(open, ["aws-infrastructure-config.enableMTUCustomizer"]);
  });
