import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "js-yaml";
import type { NamedPart } from "../../../../src/rules/merge.ts";
import type { TablePart } from "../../../../src/rules/table.ts";
import { effectOf, type Part, type TrialShoot, workerConfig } from "../trial-shoot.ts";

/** Rules as a user writes them. */
const rulesOf = (text: string): NamedPart[] => [{ file: "rules.yaml", part: load(text) as TablePart }];
const from = (provider: string, before: Part, after: Part, kubernetes = "1.35.1") => {
  const base: TrialShoot = {
    provider,
    kubernetes,
    worker: { zones: ["z1"], providerConfig: workerConfig(provider, before) },
  };
  return (rules?: NamedPart[], targets: Record<string, string> = {}): string =>
    effectOf(
      base,
      { worker: { zones: ["z1"], providerConfig: workerConfig(provider, after) } },
      { ...(rules === undefined ? {} : { rules }), targets },
    );
};

test("a provider is added by a table", () => {
  const acme = rulesOf(`
system: gardener
when: { path: $cluster/spec/provider/type, is: acme }
source: acme/gardener-extension-provider-acme@0123456
shapes:
  acme-worker-config:
    apiVersion: string in=acme.provider.extensions.gardener.cloud/v1alpha1 required
    kind: string in=WorkerConfig required
    flavour: string
    note: string
fingerprints:
  - id: machine-class
    trigger: template
    inputs:
      - { id: acme-flavour, from: $pool/providerConfig/flavour, because: "the flavour is hashed", source: worker.go }
fields:
  - { id: acme-note, at: $pool/providerConfig/note, effect: none, because: nobody reads the note, source: worker.go }
`);
  const flavour = from("acme", { flavour: "sweet" }, { flavour: "sour" });
  assert.equal(flavour(), "unknown");
  assert.equal(flavour(acme), "replace");
  assert.equal(from("acme", {}, { note: "a" })(acme), "none");
  assert.equal(from("acme", {}, { smell: "a" })(acme), "rejected");
});

test("a field is added by a table", () => {
  const field = rulesOf(`
system: gardener
when: { path: $cluster/spec/provider/type, is: openstack }
shapes:
  openstack-worker-config: { bootIndex: int32 }
fingerprints:
  - id: machine-class
    trigger: template
    inputs:
      - { id: openstack-boot-index, from: $pool/providerConfig/bootIndex, because: "it is hashed", source: worker.go }
`);
  const index = from("openstack", { bootIndex: 0 }, { bootIndex: 1 });
  assert.equal(from("openstack", {}, { bootIndex: 1 })(), "rejected");
  assert.equal(index(field), "replace");
});

test("a version threshold is added by a table", () => {
  const threshold = rulesOf(`
system: gardener
fields:
  - id: openstack-node-template-capacity
    cases:
      - when: [{ path: $kubernetes-version, from: "1.36" }, { target: provider-openstack, from: "1.58" }]
        trigger: template
        because: from 1.36 on the capacity is hashed
`);
  const capacity = (kubernetes: string) =>
    from("openstack", {}, { nodeTemplate: { capacity: { cpu: 4 } } }, kubernetes);
  const newer = { "provider-openstack": "1.58" };
  assert.equal(capacity("1.36.0")(), "none");
  assert.equal(capacity("1.36.0")(threshold, newer), "replace");
  assert.equal(capacity("1.36.0")(threshold), "none");
  assert.equal(capacity("1.35.1")(threshold, newer), "none");
});
