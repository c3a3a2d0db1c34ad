import { type Derived } from "../../../rules/functions.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, textAt } from "../values.ts";

/**
 * The feature gates of the cluster as its kubelets get them: a set, or with CustomNoUpgrade two lists whose order does not count
 * (control-plane-operator/controllers/hostedcontrolplane/v2/ignitionserver/deployment.go adaptDeployment;
 * openshift/machine-config-operator@7ff337a4ff pkg/controller/kubelet-config/kubelet_config_features.go RunFeatureGateBootstrap).
 */
export const featureGates: Derived = (scope) => {
  const at = "$cluster/spec/configuration/featureGate";
  const set = textAt(scope, `${at}/featureSet`);
  if (set !== "CustomNoUpgrade") return set;
  const gates = (list: string): string[] =>
    listOf(scope.get(`${at}/customNoUpgrade/${list}`))
      .flatMap((name) => (typeof name === "string" ? [name] : []))
      .toSorted();
  return jsonText([set, gates("enabled"), gates("disabled")]);
};
