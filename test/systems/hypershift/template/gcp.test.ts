import { run } from "./template-run.ts";

run("GCP", [
  { says: "an image of one's own", to: { image: "projects/mine/global/images/rhcos" }, effect: "replace" },
  {
    says: "an image that may be the release's",
    to: { image: "projects/rhcos-cloud/global/images/rhcos-420" },
    effect: "unknown",
  },
  {
    says: "another image of the releases",
    from: { image: "projects/rhcos-cloud/global/images/rhcos-420" },
    to: { image: "projects/rhcos-cloud/global/images/rhcos-421" },
    effect: "replace",
  },
  { says: "another machine type", to: { machineType: "n2-standard-8" }, effect: "replace" },
  {
    says: "the boot disk's defaults written out",
    to: { bootDisk: { diskSizeGB: 64, diskType: "pd-balanced" } },
    effect: "none",
  },
  { says: "migration written out", to: { onHostMaintenance: "MIGRATE" }, effect: "none" },
  { says: "termination", to: { onHostMaintenance: "TERMINATE" }, effect: "replace" },
  {
    says: "termination of spot VMs written out",
    from: { provisioningModel: "Spot" },
    to: { onHostMaintenance: "TERMINATE" },
    effect: "none",
  },
  { says: "Standard written out", to: { provisioningModel: "Standard" }, effect: "none" },
  { says: "network tags reordered", to: { networkTags: ["b", "a"] }, effect: "replace" },
  { says: "an empty service account instead of none", to: { serviceAccount: {} }, effect: "replace" },
  {
    says: "a service account",
    to: { serviceAccount: { email: "nodes-1@project-1.iam.gserviceaccount.com" } },
    effect: "replace",
  },
  { says: "a label", to: { resourceLabels: [{ key: "a", value: "one" }] }, effect: "new-nodes-only" },
  {
    says: "a label of the cluster that the pool overrides",
    from: { resourceLabels: [{ key: "a", value: "one" }] },
    clusterTo: { resourceLabels: [{ key: "a", value: "two" }] },
    effect: "none",
  },
  { says: "the default access written out", clusterTo: { endpointAccess: "Private" }, effect: "none" },
  { says: "access from outside as well", clusterTo: { endpointAccess: "PublicAndPrivate" }, effect: "none" },
  { says: "another zone", to: { zone: "us-central1-b" }, effect: "replace" },
  { says: "another zone, InPlace", to: { zone: "us-central1-b" }, upgrade: "InPlace", effect: "none" },
]);
