import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { array, assert as holds, asyncProperty, boolean, constantFrom, integer, nat, option, record } from "fast-check";
import { dump } from "js-yaml";
import { analyze } from "../../src/index.ts";
import { folderWith } from "../temporary-folder.ts";
import { reportOf, searchPath, withTools } from "./comparison.ts";
import { differenceOf, touched } from "./one-difference.ts";
import { nodePool, shoot } from "./shoots.ts";

type Files = Readonly<Record<string, string>>;
type Kustomization = Readonly<Record<string, unknown>>;

const maybe = <Value>(values: readonly [Value, ...Value[]]) => option(constantFrom(...values), { nil: undefined });

/** Two bases, a component, and overlays of them, with what people write into kustomizations. */
const repository = record({
  cores: integer({ min: 2, max: 4 }),
  version: constantFrom("1.33.2", "1.33.3", "1.34.1"),
  limit: integer({ min: 200, max: 202 }),
  basePrefix: maybe(["b-"]),
  componentMemory: constantFrom("16Gi", "32Gi"),
  hasHashes: boolean(),
  overlays: array(
    record({
      bases: constantFrom(["one"], ["two"], ["one", "two"], ["two", "one"]),
      namespace: maybe(["east", "west"]),
      prefix: maybe(["p-", "q-"]),
      suffix: maybe(["-s"]),
      cores: maybe([2, 8, 16]),
      maximum: maybe([3, 4]),
      limit: maybe([200, 210]),
      hasComponent: boolean(),
      isInFile: boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});
type Repository = Parameters<Parameters<typeof repository.map>[0]>[0];

const operations = (path: string, value: unknown): string => dump([{ op: "replace", path, value }]);
const limits = (maxPods: number): string =>
  dump({
    apiVersion: "machineconfiguration.openshift.io/v1",
    kind: "KubeletConfig",
    metadata: { name: "limits" },
    spec: { kubeletConfig: { maxPods } },
  });
/** Without this, kustomize does not follow the names in a pool. */
const names = dump({
  nameReference: [{ kind: "ConfigMap", version: "v1", fieldSpecs: [{ kind: "NodePool", path: "spec/config/name" }] }],
});
const given = (parts: Kustomization): Kustomization =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

function filesOf({ cores, version, limit, basePrefix, componentMemory, hasHashes, overlays }: Repository): Files {
  const files: Record<string, string> = {
    "bases/one/pool.yaml": nodePool("hosted", "pool", "  config: [{name: limits}]\n", cores).replace(
      "  namespace: clusters\n",
      "",
    ),
    "bases/one/limits.yaml": limits(limit),
    "bases/two/shoot.yaml": shoot("shoot", ["a", "b"]).replace(/version: .*/, `version: ${version}`),
    "bases/one/names.yaml": names,
  };
  const add = (folder: string, kustomization: Kustomization): void => {
    files[`${folder}/kustomization.yaml`] = dump(given(kustomization));
  };
  add("bases/one", {
    resources: ["pool.yaml"],
    configMapGenerator: [{ name: "limits", files: ["config=limits.yaml"] }],
    configurations: ["names.yaml"],
    generatorOptions: hasHashes ? undefined : { disableNameSuffixHash: true },
    namePrefix: basePrefix,
  });
  add("bases/two", { resources: ["shoot.yaml"] });
  add("components/memory", {
    apiVersion: "kustomize.config.k8s.io/v1alpha1",
    kind: "Component",
    patches: [
      { patch: operations("/spec/platform/kubevirt/compute/memory", componentMemory), target: { kind: "NodePool" } },
    ],
  });
  for (const [index, one] of overlays.entries()) {
    const folder = `overlays/${index}`;
    const bases: readonly string[] = one.bases;
    files[`${folder}/names.yaml`] = names;
    const edits = [
      ["NodePool", "/spec/platform/kubevirt/compute/cores", one.cores],
      ["Shoot", "/spec/provider/workers/0/maximum", one.maximum],
    ] as const;
    const patches = edits.flatMap(([kind, path, value]): Kustomization[] => {
      if (value === undefined) return [];
      const target = { kind };
      if (!one.isInFile) return [{ target, patch: operations(path, value) }];
      files[`${folder}/${kind}.yaml`] = operations(path, value);
      return [{ target, path: `${kind}.yaml` }];
    });
    const isMerging = one.limit !== undefined && bases.includes("one");
    add(folder, {
      resources: bases.map((base) => `../../bases/${base}`),
      components: one.hasComponent ? ["../../components/memory"] : undefined,
      configMapGenerator: isMerging
        ? [{ name: "limits", behavior: "merge", literals: [`config=${limits(one.limit ?? 0)}`] }]
        : undefined,
      configurations: ["names.yaml"],
      namespace: one.namespace,
      namePrefix: one.prefix,
      nameSuffix: one.suffix,
      patches,
    });
  }
  return files;
}

/** The folders that nothing includes: those are deployed. */
const rootsOf = ({ overlays }: Repository): string[] => [
  ...overlays.map((_, index) => `overlays/${index}`),
  ...["one", "two"]
    .filter((base) => !overlays.some(({ bases }) => bases.some((one) => one === base)))
    .map((base) => `bases/${base}`),
];

test(
  "a change of kustomizations does to pools what the change of all that they build does",
  withTools,
  async (context) => {
    const built = (files: Files, root: string) => {
      const folder = folderWith(context, {});
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const bytes = execFileSync(join(searchPath ?? "", "kubectl"), ["kustomize", root], { cwd: folder });
      return { label: "side", files: [{ path: "built.yaml", bytes }] };
    };
    const property = asyncProperty(repository, repository, nat(), async (base, other, which) => {
      const head = { ...base, ...differenceOf(base, other, which) };
      const sides = { base: filesOf(base), head: filesOf(head) };
      const roots = rootsOf(base).filter((root) => rootsOf(head).includes(root));
      const isKept = [...rootsOf(base), ...rootsOf(head)].every((root) => roots.includes(root));
      if (!isKept) return;
      const expected = roots.flatMap((root) => touched(analyze(built(sides.base, root), built(sides.head, root))));
      const gone = Object.fromEntries(Object.keys(sides.base).map((path) => [path, null]));
      const report = await reportOf(context, sides.base, { ...gone, ...sides.head });
      assert.deepEqual(touched(report).toSorted(), expected.toSorted());
      assert.equal(report.complete, true);
    });
    await holds(property, { seed: 7, numRuns: 20 });
  },
);
