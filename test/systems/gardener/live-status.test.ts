import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, compare, type PlainObject, shoot } from "./shoots.ts";

/** The effect of a change on a Shoot that was read from the cluster, where its status says this. */
function under(status: PlainObject, set: PlainObject, base: PlainObject = {}): string | undefined {
  const live = { ...shoot({ "/spec/kubernetes/version": "1.34.2", ...base }), status };
  return compare([live], [changed(live, set)]).pools[0]?.effect;
}
const rotation = (name: string, phase: string): PlainObject => ({ credentials: { rotation: { [name]: { phase } } } });
const encrypted = (...resources: string[]): PlainObject => ({ credentials: { encryptionAtRest: { resources } } });
const operation = (name: string): PlainObject => ({ "/metadata/annotations": { "gardener.cloud/operation": name } });
const configMaps = { "/spec/kubernetes/kubeAPIServer/encryptionConfig": { resources: ["configmaps"] } };

test("a Shoot does not go to sleep while keys are rotated, or where it could not wake up", () => {
  const sleep = { "/spec/hibernation": { enabled: true } };
  assert.equal(under(rotation("etcdEncryptionKey", "Preparing"), sleep), "rejected");
  assert.equal(under(rotation("etcdEncryptionKey", "Prepared"), sleep), "scale");
  assert.equal(under(rotation("serviceAccountKey", "PreparingWithoutWorkersRollout"), sleep), "rejected");
  assert.equal(under(rotation("certificateAuthorities", "Preparing"), sleep), "scale");
  assert.equal(under(encrypted("configmaps"), sleep), "rejected");
  assert.equal(under(encrypted("configmaps."), sleep, configMaps), "scale");
  const possible = (status: string): PlainObject => ({ constraints: [{ type: "HibernationPossible", status }] });
  assert.equal(under(possible("False"), sleep), "rejected");
  assert.equal(under(possible("True"), sleep), "scale");
  // It sleeps already.
  assert.equal(under(possible("False"), { "/spec/hibernation": { enabled: true, schedules: [] } }, sleep), "none");
});

test("a live Shoot says itself whether it is awake yet", () => {
  const rollout = operation("rollout-workers=a");
  const wake = { ...rollout, "/spec/hibernation": { enabled: false } };
  const asleep = { "/spec/hibernation": { enabled: true } };
  assert.equal(under({ hibernated: true }, rollout), "rejected");
  assert.equal(under({ hibernated: false }, rollout), "replace");
  assert.equal(under({ hibernated: false }, wake, asleep), "scale");
  assert.equal(under({ hibernated: true }, wake, asleep), "rejected");
});

test("the encryption of etcd changes once the last change of it, and of its key, is through", () => {
  assert.equal(under(rotation("etcdEncryptionKey", "Preparing"), configMaps), "rejected");
  assert.equal(under(rotation("etcdEncryptionKey", "Completed"), configMaps), "none");
  assert.equal(under(encrypted("deployments.apps"), configMaps), "rejected");
  assert.equal(under(encrypted(), configMaps), "none");
  assert.equal(under(encrypted(), operation("rotate-etcd-encryption-key"), configMaps), "rejected");
  assert.equal(under(encrypted("configmaps"), operation("rotate-etcd-encryption-key"), configMaps), "none");
});

test("from Kubernetes 1.34 on, the rotation of all credentials is complete without the key of etcd", () => {
  const phases = (etcd: string): PlainObject => ({
    credentials: {
      rotation: {
        certificateAuthorities: { phase: "Prepared" },
        serviceAccountKey: { phase: "Prepared" },
        etcdEncryptionKey: { phase: etcd },
      },
    },
  });
  const complete = operation("rotate-credentials-complete");
  const earlier = { "/spec/kubernetes/version": "1.33.2" };
  assert.equal(under(phases("Completed"), complete), "inplace");
  assert.equal(under(phases("Completed"), complete, earlier), "rejected");
  assert.equal(under(phases("Prepared"), complete, earlier), "inplace");
});

test("what a Shoot is does not change while its control plane moves to another seed", () => {
  const larger = { "/spec/provider/workers/a/maximum": 9 };
  const last = (type: string, state: string, more: PlainObject = {}): PlainObject => ({
    lastOperation: { type, state },
    ...more,
  });
  assert.equal(under(last("Migrate", "Succeeded"), larger), "rejected");
  assert.equal(under(last("Restore", "Error"), larger), "rejected");
  assert.equal(under(last("Restore", "Succeeded"), larger), "scale");
  assert.equal(under(last("Migrate", "Processing"), { "/metadata/labels": { team: "b" } }), "none");
  const given = { "/spec/seedName": "one" };
  assert.equal(under(last("Reconcile", "Succeeded", { seedName: "another" }), larger, given), "rejected");
  assert.equal(under(last("Reconcile", "Succeeded", { seedName: "one" }), larger, given), "scale");
});
