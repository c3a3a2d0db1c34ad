import type { TestContext } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { interestOf, kindGroupsOf } from "../../src/rules/interest.ts";
import { renderGit } from "../../src/rendering/render-git.ts";
import type { RenderOptions } from "../../src/rendering/render.ts";
import { readGit } from "../../src/sources/git.ts";
import { loadSystems } from "../../src/systems/tables.ts";
import { newRepository, type TestRepository } from "../sources/repository.ts";
import { installTools } from "./tools.ts";

export const searchPath = installTools();
/** For tests that need the real tools: runs them, or says loudly that it could not. */
export const withTools = searchPath === undefined ? { skip: "helm and kubectl could not be installed" } : {};

type Files = Readonly<Record<string, string | null>>;

/** What a pull request does that leads from `base` to the files of `change`. Null deletes a file. */
export async function reportOf(
  context: TestContext,
  base: Files,
  change: Files,
  options: Partial<RenderOptions> = {},
): Promise<Report> {
  const repository = newRepository(context);
  const from = repository.commit(base);
  const to = repository.commit(change);
  return await reportBetween(repository, from, to, options);
}

export async function reportBetween(
  repository: TestRepository,
  from: string,
  to: string | undefined,
  options: Partial<RenderOptions> = {},
): Promise<Report> {
  const systems = loadSystems();
  const wanted = { groups: kindGroupsOf(systems) };
  const kinds = [...interestOf(systems).rows].filter(({ role }) => role === "judged").map(({ kind }) => kind);
  const sides = await readGit(to === undefined ? [from] : [from, to], wanted, { cwd: repository.folder });
  const given = { mode: "auto" as const, kinds, ...(searchPath === undefined ? {} : { searchPath }), ...options };
  const { base, head, rendering } = await renderGit(sides, { cwd: repository.folder }, given);
  return analyze(base, head, { rendering });
}

/** Application, pool and effect of every pool of a report. */
export const effectsOf = ({ pools }: Report): string[] =>
  pools.map(({ application, cluster, pool, effect }) => `${application ?? "-"} ${cluster}/${pool} ${effect}`);

export const codesOf = ({ diagnostics }: Report): string[] => diagnostics.map(({ code }) => code);

export const release = "quay.io/openshift-release-dev/ocp-release";

export const nodePool = (
  cluster: string,
  name: string,
  extra = "",
  cores = 4,
): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata:
  name: ${name}
  namespace: clusters
spec:
  clusterName: ${cluster}
  replicas: 2
  management:
    upgradeType: Replace
  platform:
    type: KubeVirt
    kubevirt:
      compute:
        cores: ${cores}
        memory: 8Gi
  release:
    image: ${release}:4.18.1-x86_64
${extra}`;

export const shoot = (
  name: string,
  workers: readonly string[],
  namespace = "garden-a",
): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  cloudProfile:
    name: aws
  region: eu-west-1
  secretBindingName: aws
  networking:
    type: calico
    nodes: 10.250.0.0/16
  kubernetes:
    version: 1.33.2
  provider:
    type: aws
    infrastructureConfig:
      apiVersion: aws.provider.extensions.gardener.cloud/v1alpha1
      kind: InfrastructureConfig
      networks:
        vpc:
          cidr: 10.250.0.0/16
        zones:
          - name: eu-west-1a
            internal: 10.250.112.0/22
            public: 10.250.96.0/22
            workers: 10.250.0.0/19
    workers:
${workers.map(worker).join("")}`;

const worker = (name: string): string => `      - name: ${name}
        minimum: 1
        maximum: 3
        machine:
          type: m5.large
          image:
            name: gardenlinux
            version: 1592.9.0
        volume:
          type: gp3
          size: 50Gi
        zones:
          - eu-west-1a
`;
