import type { Json } from "../../../manifests/manifest.ts";
import { type Derived, type Encoding, type Predicate, Unknown } from "../../../rules/functions.ts";
import { listOf, pairsOf, textAt } from "../values.ts";

const gcp = "$pool/spec/platform/gcp";

/** The image that the pool names; what the release would pick is not in any manifest. */
export const gcpImage: Derived = (scope) =>
  textAt(scope, `${gcp}/image`) ??
  new Unknown(
    "one side names an image, the other takes that of the release: they may be the same; only the release's metadata tells",
    "release",
  );

/** True when one side names an image of the project from which releases take theirs, and the other side names none. */
export const gcpImageOfRelease: Predicate = ({ base, head }) => {
  const images = [base, head].map((scope) => scope && textAt(scope, `${gcp}/image`));
  const named = images.filter((image) => image !== undefined);
  return named.length === 1 && named[0]?.startsWith("projects/rhcos-cloud/global/images/") === true;
};

const api = "https://www.googleapis.com/auth";
const usualScopes = [
  `${api}/devstorage.read_only`,
  `${api}/logging.write`,
  `${api}/monitoring.write`,
  `${api}/servicecontrol`,
  `${api}/service.management.readonly`,
  `${api}/trace.append`,
];

/** A service account without scopes gets the usual ones. */
export const gcpScopes: Encoding = (value) => (listOf(value).length === 0 ? usualScopes : value);

/** Spot and preemptible VMs cannot be migrated, others are unless the pool says otherwise. */
export const gcpMaintenance: Derived = (scope) => {
  const chosen = textAt(scope, `${gcp}/onHostMaintenance`);
  if (chosen !== undefined) return chosen === "TERMINATE" ? "TERMINATE" : "MIGRATE";
  const model = textAt(scope, `${gcp}/provisioningModel`);
  return model === "Spot" || model === "Preemptible" ? "TERMINATE" : "MIGRATE";
};

/** The keys that the controller writes itself, over any other. */
const ownLabels = new Set(["hypershift-openshift-io-cluster", "hypershift-openshift-io-infra-id"]);

/** The labels that new VMs get: the pool's win over the cluster's. */
export const gcpLabels: Derived = (scope) => {
  const labels: Record<string, Json> = {};
  for (const root of ["$cluster", "$pool"])
    for (const [key, { value }] of pairsOf(scope.get(`${root}/spec/platform/gcp/resourceLabels`)))
      if (!ownLabels.has(key)) labels[key] = value;
  return labels;
};
