import { test } from "node:test";
import { expectEffects, expectRefusals, spec } from "./expect.ts";
import type { PlainObject } from "./shoots.ts";

test("what may be listed once only is refused where it is listed twice", () => {
  const reference = { apiVersion: "v1", kind: "Secret", name: "s" };
  expectRefusals([
    ...spec("extensions", [{ type: "shoot-dns-service" }, { type: "shoot-dns-service", disabled: true }]),
    ...spec("resources", [
      { name: "r", resourceRef: reference },
      { name: "r", resourceRef: { ...reference, name: "t" } },
    ]),
    ...spec("tolerations", [{ key: "a" }, { key: "a" }]),
    ...spec("monitoring/alerting", { emailReceivers: ["a@example.org", "a@example.org"] }),
    ...spec("kubernetes/clusterAutoscaler", { startupTaints: ["a", "a"] }),
    ...spec("kubernetes/kubeAPIServer/apiAudiences", ["a", "a"], ["a,b"]),
    ...spec("systemComponents/coreDNS/rewriting", { commonSuffixes: [".example.org", "example.org"] }),
  ]);
  expectEffects([{ set: { "/spec/kubernetes/kubeAPIServer/apiAudiences": ["a", "b"] } }]);
});

test("settings of an addon are asked for where it is on", () => {
  const evaluation: PlainObject = { "/spec/purpose": "evaluation" };
  const ingress = (fields: PlainObject): PlainObject => ({
    "/spec/addons": { nginxIngress: { enabled: true, ...fields } },
  });
  const wrong: PlainObject[] = [
    { loadBalancerSourceRanges: ["10.0.0.1"] },
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

test("a pool that is null is one without a name", () => {
  expectRefusals([{ "/spec/provider/workers/-": null }]);
});
