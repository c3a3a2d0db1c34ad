import assert from "node:assert/strict";
import { test } from "node:test";
import { expectEffects, expectRefusals, spec } from "./expect.ts";
import { compare, type PlainObject, shoot, worker } from "./shoots.ts";

test("what may be listed once only is refused where it is listed twice", () => {
  const reference = { apiVersion: "v1", kind: "Secret", name: "s" };
  expectRefusals([
    ...spec("extensions", [{ type: "shoot-dns-service" }, { type: "shoot-dns-service", disabled: true }]),
    ...spec("resources", [
      { name: "r", resourceRef: reference },
      { name: "r", resourceRef: { ...reference, name: "t" } },
    ]),
    ...spec("tolerations", [{ key: "a" }, { key: "a" }], [{ key: "a" }, { key: "a", value: "b" }]),
    ...spec("monitoring/alerting", { emailReceivers: ["a@example.org", "a@example.org"] }),
    ...spec("kubernetes/clusterAutoscaler", { startupTaints: ["a", "a"] }),
    ...spec("kubernetes/kubeAPIServer/apiAudiences", ["a", "a"], ["a,b"]),
    ...spec("systemComponents/coreDNS/rewriting", { commonSuffixes: [".example.org", "example.org"] }),
  ]);
  expectEffects([
    { set: { "/spec/kubernetes/kubeAPIServer/apiAudiences": ["a", "b"] } },
    { set: { "/spec/tolerations": [{ key: "a", value: "b" }, { key: "a" }] } },
  ]);
});

test("settings of an addon are asked for where it is on", () => {
  const evaluation: PlainObject = { "/spec/purpose": "evaluation" };
  const ingress = (fields: PlainObject): PlainObject => ({
    "/spec/addons": { nginxIngress: { enabled: true, ...fields } },
  });
  const wrong: PlainObject[] = [
    { loadBalancerSourceRanges: ["10.0.0.1"] },
    { loadBalancerSourceRanges: ["10.0.0.1/8"] },
    { loadBalancerSourceRanges: ["010.0.0.0/8"] },
    { config: { "a b": "c" } },
    { externalTrafficPolicy: "Sideways" },
  ];
  expectRefusals(wrong.map(ingress), evaluation);
  expectEffects([
    ...wrong.map((fields) => ({ base: evaluation, set: ingress({ ...fields, enabled: false }) })),
    {
      base: evaluation,
      set: ingress({ loadBalancerSourceRanges: ["10.0.0.0/8"], config: { "proxy-body-size": "1m" } }),
    },
  ]);
});

test("DNS providers that contradict each other, or their credentials, are refused", () => {
  const domain = "orders.example.org";
  const main = { type: "aws-route53", primary: true, secretName: "dns" };
  const secret = { apiVersion: "v1", kind: "Secret", name: "dns" };
  const dns = (...providers: readonly PlainObject[]): PlainObject => ({ "/spec/dns": { domain, providers } });
  expectRefusals([
    { "/spec/dns": { providers: [main] } },
    dns(main, { ...main, secretName: "other" }),
    dns(main, { type: "google-clouddns" }),
    dns(main, { secretName: "other" }),
    dns(main, { type: "aws-route53", secretName: "dns" }),
    dns({ ...main, type: "unmanaged" }),
    dns({ ...main, credentialsRef: { ...secret, name: "other" } }),
    dns({
      ...main,
      credentialsRef: { apiVersion: "security.gardener.cloud/v1alpha1", kind: "WorkloadIdentity", name: "dns" },
    }),
    dns({ type: "aws-route53", primary: true, credentialsRef: { ...secret, kind: "ConfigMap" } }),
  ]);
  expectEffects([
    { set: dns(main, { type: "google-clouddns", secretName: "dns" }) },
    { set: dns({ ...main, credentialsRef: secret }) },
    { set: { "/spec/dns": { providers: [{ type: "unmanaged", primary: true }] } } },
  ]);
});

test("the length of the maintenance window counts to the second", () => {
  const window = (begin: string, end: string): PlainObject => ({ "/spec/maintenance/timeWindow": { begin, end } });
  expectRefusals([window("220000+0100", "222959+0100"), window("220000+0100", "040001+0100")]);
  expectEffects([{ set: window("220001+0100", "223001+0100") }, { set: window("220000+0100", "030000+0000") }]);
});

test("what needs a feature gate is refused where the gate is off", () => {
  const authentication = { structuredAuthentication: { configMapName: "a" } };
  const gate = { featureGates: { StructuredAuthenticationConfiguration: false } };
  expectRefusals(spec("kubernetes/kubeAPIServer", { ...authentication, ...gate }), {
    "/spec/kubernetes/version": "1.33.4",
  });
  expectEffects([{ set: { "/spec/kubernetes/kubeAPIServer": authentication } }]);
});

test("texts are read as Go reads them", () => {
  const server = (...values: readonly PlainObject[]): PlainObject[] => spec("kubernetes/kubeAPIServer", ...values);
  const issuer = (url: string): PlainObject => ({ serviceAccountConfig: { issuer: url } });
  const wrong = [
    "https://a b",
    "https://a.b/%zz",
    "https://a.b?c",
    "https://a.b#c",
    "https://u@a.b",
    "https://a.b:x",
    "https://",
  ];
  expectRefusals([
    ...server(...wrong.map(issuer)),
    ...["a@b.c", "a@b..cd", "a@b", "@b.cd"].map((email) => ({ "/spec/monitoring/alerting/emailReceivers": [email] })),
  ]);
  expectEffects([
    ...server(...["https://a.b?", "https://a.b#", "HTTPS://a.b:443/%20"].map(issuer)).map((set) => ({ set })),
    { set: { "/spec/monitoring/alerting/emailReceivers": ["a b@c-d.example"] } },
  ]);
});

test("patterns of preloaded images are names without tag or digest, or anything before a slash and a star", () => {
  const allow = (...patterns: readonly string[]): PlainObject[] =>
    patterns.map((pattern) => ({
      "/spec/kubernetes/version": "1.35.0",
      "/spec/kubernetes/kubelet": {
        imagePullCredentialsVerificationPolicy: "NeverVerifyAllowlistedImages",
        preloadedImagesVerificationAllowlist: [pattern],
      },
    }));
  const base = { "/spec/kubernetes/version": "1.35.0" };
  expectRefusals(allow("a..b", "a:1", "a//b", "a/", "/*", "a*/*", " a", "", "localhost:5000"), base);
  expectEffects(
    allow("registry.k8s.io/pause", "localhost:5000/x", "a__b/c-d", "Example.org/a", "A b/*").map((set) => ({
      base,
      set,
      a: "inplace",
      b: "inplace",
    })),
  );
});

test("of what the API server of a Shoot needs nothing can be switched off", () => {
  const config = (api: string): PlainObject => ({ runtimeConfig: { [api]: false } });
  const podSecurity = (fields: PlainObject): PlainObject => ({
    admissionPlugins: [{ name: "PodSecurity", config: fields }],
  });
  const version = "pod-security.admission.config.k8s.io/v1";
  expectRefusals(
    spec(
      "kubernetes/kubeAPIServer",
      config("apps/v1/deployments"),
      config("policy/v1/poddisruptionbudgets"),
      podSecurity({}),
      podSecurity({ apiVersion: version, kind: "Configuration" }),
    ),
  );
  expectEffects(
    spec("kubernetes/kubeAPIServer", podSecurity({ apiVersion: version, kind: "PodSecurityConfiguration" })).map(
      (set) => ({
        set,
      }),
    ),
  );
});

test("the kubeconfig of an admission plugin is a Secret that the Shoot refers to", () => {
  const plugins = [{ name: "ImagePolicyWebhook", kubeconfigSecretName: "hook" }];
  const resources = [{ name: "r", resourceRef: { apiVersion: "v1", kind: "Secret", name: "hook" } }];
  const set = { "/spec/kubernetes/kubeAPIServer": { admissionPlugins: plugins } };
  expectRefusals([set]);
  expectEffects([{ set: { ...set, "/spec/resources": resources } }]);
  expectRefusals([{ "/spec/resources": null }], { ...set, "/spec/resources": resources });
});

test("so many pods that no range of addresses is left for a node are refused for new Shoots", () => {
  const refusal = (maxPods: number): string | undefined => {
    const causes = compare([], [shoot({ "/spec/kubernetes/kubelet/maxPods": maxPods })]).pools[0]?.causes;
    return causes?.find(({ rule }) => rule === "gardener/node-addresses")?.because;
  };
  assert.match(refusal(65_535) ?? "", /its default for 65535 pods, 15, is not between 16 and 28/);
  assert.equal(refusal(250), undefined);
});

test("a pool that is null is one without a name", () => {
  expectRefusals([{ "/spec/provider/workers/-": null }]);
});

test("what is no pool is refused, also where it stands in the place of one", () => {
  expectRefusals([
    ...spec("provider/workers/-", "c", 5, []),
    ...spec("provider/workers", [worker("a"), "b"], [worker("a"), worker("b"), ""]),
  ]);
});

test("new Shoots bring no finalizers of Gardener and no empty settings, and fields of newer releases only where one may run", () => {
  const causes = (set: PlainObject, gardener?: string): string[] =>
    (compare([], [shoot(set)], gardener === undefined ? {} : { targets: { gardener } }).pools[0]?.causes ?? []).flatMap(
      ({ rule, effect }) => (rule === "gardener/api-values" ? [effect] : []),
    );
  assert.deepEqual(causes({ "/metadata/finalizers": ["gardener"] }), ["rejected"]);
  assert.deepEqual(causes({ "/metadata/finalizers": ["example.org/mine"] }), []);
  assert.deepEqual(causes({ "/spec/solarPower": { enabled: true } }), ["unknown"]);
  assert.deepEqual(causes({ "/spec/solarPower": { enabled: true } }, "1.149"), ["rejected"]);
  assert.deepEqual(causes({ "/spec/provider/workers/a/sysctls": { "vm.swappiness": null } }), ["rejected"]);
  const finalizers = {
    "/metadata/finalizers": ["gardener"],
    "/spec/provider/workers/a/sysctls": { "vm.swappiness": null },
  };
  assert.equal(compare([shoot()], [shoot(finalizers)]).verdict, "none");
});
