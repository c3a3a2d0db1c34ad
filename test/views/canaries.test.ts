import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, explainPools, mergeShards, type Report } from "../../src/index.ts";
import { withoutSecrets } from "../../src/report/secrecy.ts";
import { annotations } from "../../src/views/annotations.ts";
import { renderComment } from "../../src/views/comment.ts";
import { renderJson } from "../../src/views/json.ts";
import { renderMarkdown } from "../../src/views/markdown.ts";
import { renderText } from "../../src/views/text.ts";
import { sideOf } from "../side.ts";

const side = (text: string) => sideOf({ "a.yaml": text });
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Manifests in which each secret has a number of its own. */
const shoot = (c: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata:
  name: a
  namespace: garden-x
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"x":"${c}01"}'
    example.com/token: ${c}02
    example.com/db-url: postgres://u:${c}03@db/x
    example.com/webhook: https://hooks.example.com/?token=${c}04&x=1
    example.com/authorization: Bearer ${c}05
    example.com/header: "Authorization: Bearer ${c}06"
  labels: {x-password: ${c}07}
spec:
  region: eu
  kubernetes:
    version: 1.33.0
    kubeAPIServer:
      oidcConfig: {clientID: x, clientSecret: ${c}08}
      admissionPlugins: [{name: A, config: {password: ${c}09, kubeconfigSecretName: x}}]
  dns: {domain: a.b, providers: [{type: aws, secretName: s, credentials: ${c}10}]}
  extensions: [{type: x, providerConfig: {secretKey: ${c}11, connectionString: "Server=x;Password=${c}12;", nested: {privateKey: ${c}13}, tokens: [${c}14], passwords: {a: ${c}15}, sshPrivateKey: ${c}16, secretData: {a: ${c}17}, authToken: ${c}18, api_token: ${c}19, pwd: ${c}20, bearer: ${c}21, cert: "-----BEGIN RSA PRIVATE KEY-----\\n${c}22\\n-----END RSA PRIVATE KEY-----", gh: ghp_${c}23AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, dockerconfigjson: "${c}24", dsn: "mysql://root:${c}25@h/x", accessKeyID: x, secretAccessKey: ${c}26, env: {DB_PASSWORD: ${c}27}, jwt: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${c}28aaaaaaaaaaaaaa, passwordHash: ${c}29, caPrivateKeyPem: ${c}30, adminPass: ${c}31, env: [{name: DB_PASSWORD, value: "${c}32"}, {name: CASE, value: m5}], headers: [{key: Authorization, values: ["${c}33"]}, {name: X-Api-Key, value: {inner: "${c}34"}}]}}, {type: y, providerConfig: {proxy: "u:${c}35@proxy:3128", github: github_pat_${c}36AAAAAAAAAAAA, gitlab: glpat-${c}37AAAAAAAAAAAA, slack: xoxb-${c}38-AAAAAAAAAAAA, openshift: sha256~${c}39AAAAAAAAAAAAAAAAAAAAAAAA, aws: {id: AKIAIOSFODNN7EXAMPLE, other: ${c}50aaaaBBBBccccDDDDeeeeFFFFgggghhh}, awsFile: "[default]\\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\\naws_secret_access_key = ${c}51", awsPair: "AKIAIOSFODNN7EXAMPLE:${c}52aaaaBBBBccccDDDDeeeeFFFFgggghhh", json: '{"env":[{"name":"DB_PASSWORD","value":"a\\"${c}53"}]}', jsonLast: '{"value":"${c}54","name":"DB_PASSWORD"}', yaml: "env:\\n- name: DB_PASSWORD\\n  value: a,}${c}55\\n- name: API_TOKEN\\n  value: |\\n    one\\n    ${c}56\\n- name: MODE\\n  value: x", flow: "{name: DB_PASSWORD, value: ${c}57}", quoted: "password: 'two words ${c}58'", blockText: "password: |-\\n  one\\n  ${c}59", plainWords: "mode: a\\npassword: two words ${c}80\\nlast: b", lineOnly: "api_token: two words ${c}81", items: "tokens:\\n- ${c}82\\n- ${c}83\\nmode: x", members: "a:\\n- credentials:\\n    user: a\\n    code: ${c}84\\n- b", folded: "myApiToken: >-\\n  one\\n\\n  ${c}85", manyLines: "userData: \\"one\\n  ${c}86\\"", flowItems: '{"tokens":["a","${c}87"],"b":1}', flowMembers: "{passwords: {a: ${c}88}}", kube: "kubeconfig:\\n  users:\\n  - user: {x: ${c}89}", escaped: '"{\\"name\\":\\"DB_PASSWORD\\",\\"value\\":\\"${c}60\\"}"'}}]
  provider:
    type: aws
    workers:
    - {name: cpu, machine: {type: m5.large}, minimum: 1, maximum: 2, providerConfig: {userData: ${c}40, user_data: ${c}41, cloudConfig: "#cloud-config\\npassword: ${c}42"}}
`;
const hosted = (c: string): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: {name: h, namespace: clusters}
spec:
  pullSecret: {name: ps}
  release: {image: quay.io/x/r:4.20.1-x86_64}
  configuration:
    proxy: {httpProxy: "http://u:${c}61@p:3128", httpsProxy: "http://u:p@ss${c}62@p:3128", trustedCA: {name: x}}
    oauth: {identityProviders: [{name: x, type: OpenID, openID: {clientSecret: {name: n}, extra: {client_secret: ${c}63}}}]}
  platform: {type: AWS}
---
apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: n, namespace: clusters}
spec:
  clusterName: h
  replicas: 2
  release: {image: "quay.io/x:4.20.1-x86_64"}
  config: [{name: mc}, {name: reg}]
  management: {upgradeType: Replace}
  platform: {type: AWS, aws: {instanceType: m5}}
---
apiVersion: v1
kind: Secret
metadata: {name: ps, namespace: clusters, annotations: {a: ${c}70}}
stringData: {.dockerconfigjson: '{"auths":{"x":{"auth":"${c}64"}}}'}
data: {a: ${base64(c + "65")}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: mc, namespace: clusters}
data:
  config: |
    apiVersion: machineconfiguration.openshift.io/v1
    kind: MachineConfig
    metadata: {name: x, labels: {machineconfiguration.openshift.io/role: worker}}
    spec:
      config:
        ignition: {version: 3.2.0}
        passwd: {users: [{name: core, passwordHash: ${c}66, sshAuthorizedKeys: [ssh-rsa ${c}67]}]}
        storage: {files: [{path: /etc/token, contents: {source: "data:,${c}68"}}]}
        systemd: {units: [{name: a, contents: "Environment=HTTP_PROXY=u:${c}71@p:3128"}]}
        env: [{name: DB_PASSWORD, value: ${c}72}]
        more:
        - name: DB_PASSWORD
          # why it is here
          value: ${c}73
---
apiVersion: v1
kind: ConfigMap
metadata: {name: reg, namespace: clusters}
data:
  config: |
    apiVersion: machineconfiguration.openshift.io/v1
    kind: KubeletConfig
    metadata: {name: y}
    spec: {kubeletConfig: {maxPods: 100, token: ${c}69}}
`;

const views = (report: Report): Readonly<Record<string, string>> => ({
  json: renderJson(report),
  text: renderText(report, { color: false, width: 200 }),
  markdown: renderMarkdown(report),
  comment: renderComment(report, { key: "canary" }),
  annotations: JSON.stringify(annotations(report)),
});

function assertSilent(text: string, where: string): void {
  assert.deepEqual(text.match(/canary[A-Z]\d\d/g) ?? [], [], where);
  for (const letter of "AB") assert.ok(!text.includes(base64(`canary${letter}65`)), where);
}

/** Passwords without the quotes that they need; the reader takes them for something else, and refuses the document. */
const unquoted = (c: string): readonly string[] =>
  [`*${c}01`, `!${c}02!x`, `!!${c}03 1`, `@${c}04`, `%${c}05`, `- x: ${c}06`, `"${c}07`, `[${c}08`].flatMap((value) => [
    `kind: Secret\napiVersion: v1\nmetadata: {name: a}\nstringData:\n  a: ${value}\n`,
    `kind: Shoot\napiVersion: core.gardener.cloud/v1beta1\nmetadata: {name: a}\nspec:\n  password: ${value}\n`,
    `kind: Shoot\napiVersion: core.gardener.cloud/v1beta1\nmetadata: {name: a}\nspec:\n  password: |\n${value}\n`,
  ]);

describe("no secret reaches any view", () => {
  it("of a value that is refused, in the reason", () => {
    for (const form of [
      "u:canaryB01@proxy:3128",
      "password=canaryB02",
      "Bearer canaryB03aaaa",
      "ghp_canaryB04aaaaaaaa",
    ]) {
      const spec = (value: string): string =>
        `kind: Shoot\napiVersion: core.gardener.cloud/v1beta1\nmetadata: {name: a, namespace: b, annotations: {gardener.cloud/operation: "${value}"}}\nspec: {region: eu, kubernetes: {version: "${value}"}, networking: {ipFamilies: ["${value}"]}, hibernation: {enabled: false, schedules: [{start: "${value}"}]}, provider: {type: aws, workers: [{name: cpu, machine: {type: m5}, minimum: 1, maximum: 1, dataVolumes: [{name: "${value}", size: 1Gi}]}]}}\n`;
      const report = analyze(side(spec("1.33.0")), side(spec(form)));
      assert.equal(report.verdict, "rejected");
      for (const [view, text] of Object.entries(views(report))) assertSilent(text, `${view} of ${form}`);
    }
  });
  it("of a document that its lack of quotes breaks", () => {
    for (const [at, broken] of unquoted("canaryB").entries()) {
      const report = analyze(side(unquoted("canaryA")[at]!), side(broken));
      for (const [view, text] of Object.entries(views(report))) assertSilent(text, `${view} of ${broken}`);
    }
  });
  const same = (text: string): string => text.replaceAll(/1\.33\.0|m5/g, "1.34.0");
  for (const [name, manifest] of [
    ["a Shoot", shoot],
    ["a HostedCluster with what it names", hosted],
  ] as const)
    for (const [what, base, head] of [
      ["that change", manifest("canaryA"), manifest("canaryB")],
      ["that come", "", manifest("canaryB")],
      ["that go", manifest("canaryA"), ""],
      ["that stay beside a change", manifest("canaryA"), same(manifest("canaryA"))],
      ["in a text that cannot be read", manifest("canaryA"), `${manifest("canaryB")}bad: [ canaryB99`],
    ] as const)
      it(`of ${name}: secrets ${what}`, () => {
        const report = analyze(side(base), side(head));
        for (const [view, text] of Object.entries(views(report))) assertSilent(text, view);
        const shard = { number: 1, count: 1 };
        const parts = [{ name: "part", report: analyze(side(base), side(head), { shard }) }];
        assertSilent(renderJson(mergeShards(parts)), "merge");
        const explained = explainPools(side(base), side(head), "cpu").flatMap(({ inputs }) => inputs);
        for (const input of explained)
          if (!input.secret && input.head !== undefined)
            assertSilent(JSON.stringify(withoutSecrets("", [], input.head)), `explain ${input.rule}`);
      });
});
