import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  changedShoot,
  cloudProfile,
  deployment,
  hostedCluster,
  machineConfig,
  machineConfigs,
  nodePool,
  shoot,
} from "./manifests.ts";
import type { Bench } from "./row.ts";

/** A base and a head file. */
export type Pair = readonly [base: string, head: string];

function written({ folder }: Bench, name: string, base: string, head: string): Pair {
  const pair: Pair = [join(folder, `${name}.base.yaml`), join(folder, `${name}.head.yaml`)];
  writeFileSync(pair[0], base);
  writeFileSync(pair[1], head);
  return pair;
}

/** So many Shoots, all of them changed. */
export function changedShoots(bench: Bench, count: number): Pair {
  const base = Array.from({ length: count }, (_, number) => shoot(number, bench.random));
  return written(bench, `shoots-${count}`, base.join("---\n"), base.map(changedShoot).join("---\n"));
}

/** Documents of every kind in one file, of which one in the middle changes. */
export function monorepo(bench: Bench, count: number): Pair {
  const { random } = bench;
  const kinds = [
    (number: number) => shoot(number, random),
    (number: number) => nodePool(`pool-${number}`, `hosted-${number % 100}`),
    (number: number) => hostedCluster(`hosted-${number}`),
    (number: number) => machineConfig(`config-${number}`, 120, random),
    (number: number) => deployment(number, random),
  ];
  const base = Array.from({ length: count }, (_, number) => kinds[number % kinds.length]?.(number) ?? "");
  const middle = Math.floor(count / 2 / kinds.length) * kinds.length;
  const head = base.with(middle, changedShoot(base[middle] ?? "", 0));
  return written(bench, `monorepo-${count}`, base.join("---\n"), head.join("---\n"));
}

/** A HostedCluster with its NodePools: the cluster changes, or one pool does. */
export function hosted(bench: Bench, pools: number): { readonly cluster: Pair; readonly pool: Pair } {
  const names = Array.from({ length: pools }, (_, index) => nodePool(`pool-${index}`, "prod"));
  const base = [hostedCluster("prod"), ...names].join("---\n");
  const cluster = base.replace("channel: stable-4.20", "channel: fast-4.20");
  return {
    cluster: written(bench, "hosted-cluster", base, cluster),
    pool: written(bench, "hosted-pool", base, base.replace("replicas: 3", "replicas: 4")),
  };
}

/** A Shoot with many workers: all get another name, or one another size. */
export function workers(bench: Bench, count: number): { readonly renamed: Pair; readonly one: Pair } {
  const base = shoot(0, bench.random, count);
  return {
    renamed: written(bench, "workers-renamed", base, base.replaceAll("- name: pool-", "- name: renamed-")),
    one: written(bench, "workers-one", base, base.replace(/maximum: \d+/, "maximum: 20")),
  };
}

/** Shoots, and their CloudProfile with many machine types: all of these change, or one. */
export function profiled(bench: Bench, types: number, shoots: number): { readonly all: Pair; readonly one: Pair } {
  const others = Array.from({ length: shoots }, (_, number) => shoot(number, bench.random));
  const base = [cloudProfile(types), ...others].join("---\n");
  return {
    all: written(bench, "profile-all", base, base.replaceAll("memory: 4Gi", "memory: 8Gi")),
    one: written(bench, "profile-one", base, base.replace("memory: 4Gi", "memory: 8Gi")),
  };
}

const shootWith = (annotations: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: worst
  namespace: garden
  annotations:
${annotations}
spec:
  provider:
    type: aws
    workers:
    - name: cpu
      minimum: 1
      maximum: 2
      machine:
        type: m5.large
`;

/** All in one document, as `kubectl get -o yaml` writes them. */
const listOf = (documents: readonly string[]): string =>
  `apiVersion: v1\nkind: List\nitems:\n${documents.map((text) => `- \n${text.replaceAll(/^(?=.)/gm, "  ")}`).join("")}`;

/** What strangers may commit to make a run slow; each about as large as the normal run beside it. */
export function worst(bench: Bench): readonly { readonly name: string; readonly pair: Pair }[] {
  const { random } = bench;
  const lines = (): string =>
    Array.from({ length: 10_000 }, (_, line) => `    k${line}: x${random.hex(20)}`).join("\n");
  const shoots = Array.from({ length: 80 }, (_, number) => shoot(number, random));
  const indented = (text: string): string => text.replaceAll(/^( +)/gm, "$1$1");
  const bomb = (last: string): string =>
    `    bomb: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 6 }, (_, level) => `    b${level}: &a${level + 1} [${Array.from({ length: 9 }, () => `*a${level}`).join(", ")}]`).join("\n")}\n    last: ${last}`;
  const nested = (depth: number): string => `    deep: ${"{a: ".repeat(depth)}1${"}".repeat(depth)}`;
  const zones = (last: number): string =>
    shoot(0, random, 1).replace(
      /( {8}zones:\n)(?: {8}[- ].*\n)+/,
      `$1${Array.from({ length: 1000 }, (_, zone) => `        - name: zone-${zone}\n          workers: 10.${zone >> 8}.${zone & 255}.${last}/28\n`).join("")}`,
    );
  const pools = Array.from({ length: 200 }, (_, pool) => nodePool(`pool-${pool}`, "prod", "shared"));
  const sharing = (config: string): string => [hostedCluster("prod"), ...pools, config].join("---\n");
  const merging = (text: string): string =>
    [
      hostedCluster("prod"),
      nodePool("pool", "prod", "many").replace("upgradeType: Replace", "upgradeType: InPlace"),
      machineConfigs("many", 1000, text),
    ].join("---\n");
  return [
    { name: "many zones", pair: written(bench, "zones", zones(0), zones(16)) },
    {
      name: "one ConfigMap of many pools",
      pair: written(
        bench,
        "sharing",
        sharing(machineConfig("shared", 2000, random)),
        sharing(machineConfig("shared", 2000, random)),
      ),
    },
    { name: "many MachineConfigs", pair: written(bench, "merging", merging("one"), merging("two")) },
    { name: "unlike lines", pair: written(bench, "unlike", shootWith(lines()), shootWith(lines())) },
    {
      name: "indented anew",
      pair: written(bench, "indented", shoots.join("---\n"), shoots.map(indented).join("---\n")),
    },
    {
      name: "reordered",
      pair: written(bench, "reordered", shoots.join("---\n"), shoots.toReversed().join("---\n")),
    },
    {
      name: "one list",
      pair: written(bench, "list", listOf(shoots), listOf(shoots.map(changedShoot))),
    },
    { name: "alias bomb", pair: written(bench, "bomb", shootWith(bomb("1")), shootWith(bomb("2"))) },
    { name: "deep nesting", pair: written(bench, "deep", shootWith(nested(1000)), shootWith(nested(1001))) },
    {
      name: "10 MB line",
      pair: written(
        bench,
        "long",
        shootWith(`    long: ${"x".repeat(1e7)}`),
        shootWith(`    long: ${"x".repeat(1e7)}y`),
      ),
    },
  ];
}

/** What a run of the size of the worst ones usually is: 10,000 lines, one of them changed. */
export function ordinary(bench: Bench): Pair {
  const base = Array.from({ length: 80 }, (_, number) => shoot(number, bench.random));
  return written(bench, "ordinary", base.join("---\n"), base.with(40, changedShoot(base[40] ?? "", 0)).join("---\n"));
}
