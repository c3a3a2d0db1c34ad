import assert from "node:assert/strict";
import { test } from "node:test";
import { hidden, isSecretPlace, withoutSecrets } from "../../src/report/secrecy.ts";

test("all of a Secret but its metadata is hidden", () => {
  const secret = { metadata: { name: "s" }, data: { a: "c2VjcmV0" }, stringData: { b: "canary" }, type: "Opaque" };
  const shown = JSON.stringify(withoutSecrets("Secret", [], secret));
  assert.doesNotMatch(shown, /c2VjcmV0|canary/);
  assert.match(shown, /"name":"s"/);
});

test("values under keys that name a secret are hidden, names of secrets are not", () => {
  for (const key of ["password", "adminPassword", "token", "kubeconfig", "client_secret", "userData", "apiKey"])
    assert.equal(isSecretPlace("Shoot", ["spec", key]), true, key);
  for (const place of [
    ["spec", "pullSecret", "name"],
    ["spec", "secretBindingName"],
    ["spec", "secretRef"],
    ["spec", "tokenRequestAudience"],
  ])
    assert.equal(isSecretPlace("HostedCluster", place), false, place.join("/"));
});

test("user names and passwords in URLs are hidden", () => {
  assert.equal(
    withoutSecrets("HostedCluster", ["spec", "httpProxy"], "http://me:canary@proxy:3128"),
    `http://${hidden}@proxy:3128`,
  );
});

test("one long word is read once, not once for each of its letters", () => {
  const word = "x".repeat(10_000_000);
  assert.equal(withoutSecrets("Shoot", ["metadata", "annotations", "a"], word), word);
});

test("the copy that kubectl keeps of an object is hidden", () => {
  assert.equal(
    withoutSecrets("Shoot", ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"], "{}"),
    hidden,
  );
});
