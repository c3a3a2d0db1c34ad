import assert from "node:assert/strict";
import { test } from "node:test";
import { hidden } from "../../src/report/hidden.ts";
import { isSecretPlace, withoutSecrets } from "../../src/report/secrecy.ts";
import { withoutSecretsInSentence } from "../../src/report/secret-texts.ts";

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
    ["spec", "clientSecretName"],
    ["spec", "kubeconfigRef"],
    ["spec", "passwordPath"],
    ["spec", "accessKeyID"],
    ["spec", "instanceMetadataOptions", "httpTokens"],
    ["metadata", "annotations", "hypershift.openshift.io/ec2-instance-metadata-http-tokens"],
  ])
    assert.equal(isSecretPlace("HostedCluster", place), false, place.join("/"));
});

test("user names and passwords in URLs are hidden", () => {
  assert.equal(
    withoutSecrets("HostedCluster", ["spec", "httpProxy"], "http://me:canary@proxy:3128"),
    `http://${hidden}@proxy:3128`,
  );
});

test("what a data URL holds is hidden where a secret is in it, in escapes and in base64", () => {
  const shown = (text: string): unknown => withoutSecrets("ConfigMap", ["data", "config"], text);
  const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");
  const secret = "user=a\npassword=hunter2\n";
  for (const [type, content] of [
    ["", encodeURIComponent(secret)],
    ["", "password%3dhunter2"],
    [";base64", base64(secret)],
    ["text/plain;charset=utf-8;base64", base64(secret)],
    // The padding in escapes, no padding, and cut off.
    [";base64", encodeURIComponent(base64(`${secret}a`))],
    [";base64", base64(`${secret}a`).replaceAll("=", "")],
    [";base64", `${base64(secret).slice(0, 30)}…`],
    // Compressed: nobody can say what is in it.
    ["application/octet-stream;base64", base64(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]))],
  ] as const)
    for (const [before, after] of [
      ['source: "', '"'],
      ['{\\"source\\":\\"', '\\"}'],
      ["source: ", "\nmode: 420"],
    ] as const)
      assert.equal(shown(`${before}data:${type},${content}${after}`), `${before}data:${type},(hidden)${after}`);
  for (const open of [
    "source: data:,",
    "source: data:,max_connections%3D100%0A",
    `source: data:;base64,${base64("pool ntp.example.com iburst\nd\u00e9j\u00e0 vu\n")}`,
    "data: a,b",
    "metadata:,x",
  ])
    assert.equal(shown(open), open);
  assert.equal(typeof shown("data:,".repeat(200_000)), "string");
});

test("one long word is read once, not once for each of its letters", () => {
  const word = "x".repeat(10_000_000);
  assert.equal(withoutSecrets("Shoot", ["metadata", "annotations", "a"], word), word);
});

test("the copy that kubectl keeps of an object is hidden", () => {
  const ofSecret = ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"];
  assert.equal(withoutSecrets("Secret", ofSecret, '{"data": {"a": "c2VjcmV0"}}'), hidden);
  assert.equal(
    withoutSecrets("Shoot", ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"], "{}"),
    hidden,
  );
});

test("the value of a pair is hidden by its name, wherever the name stands", () => {
  for (const [text, shown] of [
    [
      "- name: DB_PASSWORD\n  value: a, }b\n- name: MODE\n  value: x",
      `- name: DB_PASSWORD\n  value: ${hidden}\n- name: MODE\n  value: x`,
    ],
    ["- name: A_TOKEN\n  value: |\n    a\n\n    b\n- name: MODE", `- name: A_TOKEN\n  value: ${hidden}\n- name: MODE`],
    [
      "[{name: DB_PASSWORD, value: a}, {name: MODE, value: x}]",
      `[{name: DB_PASSWORD, value: ${hidden}}, {name: MODE, value: x}]`,
    ],
    ['{"key":"Authorization","value":"a\\"b"}', `{"key":"Authorization","value":"${hidden}"}`],
    ['{"value":"a","name":"API_KEY"}', `{"value":"${hidden}","name":"API_KEY"}`],
    ['"{\\"name\\":\\"API_KEY\\",\\"value\\":\\"a\\"}"', `"{\\"name\\":\\"API_KEY\\",\\"value\\":\\"${hidden}\\"}"`],
    [
      "- name: A_TOKEN\n  valueFrom: x\n- name: MODE\n  value: x",
      "- name: A_TOKEN\n  valueFrom: x\n- name: MODE\n  value: x",
    ],
  ] as const)
    assert.equal(withoutSecrets("ConfigMap", ["data", "config"], text), shown);
});

test("tokens that say what they are, and credentials without a scheme, are hidden", () => {
  const long = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
  for (const token of [
    "AKIAIOSFODNN7EXAMPLE",
    `ASIAIOSFODNN7EXAMPLE:${long}`,
    `ghp_${long}`,
    `gho_${long}`,
    `github_pat_${long}`,
    `glpat-${long}`,
    `xoxb-${long}`,
    `sha256~${long}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${long}`,
  ])
    assert.equal(withoutSecrets("Shoot", ["a"], `before ${token} after`), `before ${hidden} after`);
  for (const credentials of ["me:canary", "me:p@ss", "//me:canary"])
    assert.equal(withoutSecrets("Shoot", ["a"], `${credentials}@proxy:3128`), `${hidden}@proxy:3128`);
});

test("a sentence repeats no secret, and keeps words of ours that look like one", () => {
  const long = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
  for (const [sentence, shown] of [
    ['spec.x: "me:hunter2@proxy:3128" is not a version', 'spec.x: "(hidden)@proxy:3128" is not a version'],
    ["goes to CloudProfile password=hunter2: only", "goes to CloudProfile password=(hidden) only"],
    ['zone "password: hunter2" is not listed', 'zone "password: (hidden)" is not listed'],
    [`from IPv4 to ghp_${long},IPv6`, "from IPv4 to (hidden),IPv6"],
    ['machine type "https://me:hunter2hunter2…" of', 'machine type "https://(hidden)…" of'],
    ["operation Bearer hunter2hunter2 is not supported", "operation Bearer (hidden) is not supported"],
  ] as const)
    assert.equal(withoutSecretsInSentence(sentence), shown);
  for (const sentence of [
    "spec.kubernetes.kubeAPIServer.oidcConfig.clientSecret: must not be set; password: required",
    "the token: it goes by itself",
    'spec.x: "1.33" is not a version, nor is "https://a.example:5000/x"',
    "quay.io/x@sha256:0123456789abcdef = the image, basic things",
  ])
    assert.equal(withoutSecretsInSentence(sentence), sentence);
  for (const part of ['"', "\\", "://a:", "password=", "=", "@a:", '"\\"'])
    assert.equal(typeof withoutSecretsInSentence(part.repeat(50_000)), "string");
});

test("digests and versions are never taken for secrets", () => {
  const digest = "0123456789abcdef".repeat(4);
  for (const value of [
    `quay.io/openshift/release@sha256:${digest}`,
    `quay.io/openshift/release:4.20.1@sha256:${digest}`,
    `release:4.20.1@sha256:${digest}`,
    `sha256:${digest}`,
    "ami-0123456789abcdef0",
    "10.0.0.0/16",
    "fd00:10::/64",
    "mirror.example.com:5000/ocp/release",
    "mirror.example.com:5000",
    "arn:aws:iam::123456789012:role/nodes",
    "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/x",
    "projects/x/zones/europe-west1-b/machineTypes/n2-standard-4",
    "serviceAccount:nodes@project.iam.gserviceaccount.com",
    "git@github.com:example/repository.git",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "/etc/kubernetes/static-pod-resources/Kube",
    "[Service]\nExecStart=/usr/bin/a --name x --value y",
  ])
    assert.equal(withoutSecrets("NodePool", ["spec", "a"], value), value);
  const taint = { key: "dedicated", value: "gpu", effect: "NoSchedule" };
  assert.equal(JSON.stringify(withoutSecrets("NodePool", ["spec", "taints", "0"], taint)), JSON.stringify(taint));
});

test("texts that begin like a secret again and again are read in time that grows with them", () => {
  for (const part of [
    "a:",
    "name: ",
    "value: ",
    "name: x_token\n",
    "password: |\n ",
    "AKIA",
    "eyJaaaaaaaa-",
    '"',
    "u:p",
  ]) {
    const text = part.repeat(20_000);
    assert.equal(typeof withoutSecrets("Shoot", ["a"], text), "string");
  }
});
