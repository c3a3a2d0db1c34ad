import { run } from "./template-run.ts";

run("PowerVS", [
  { says: "the default memory written out", to: { memoryGiB: 32 }, effect: "none" },
  { says: "processors as a number", from: { processors: "1" }, to: { processors: 1 }, effect: "replace" },
  { says: "another storage type", to: { storageType: "tier3" }, effect: "none" },
  { says: "another service instance", clusterTo: { serviceInstanceID: "si-2" }, effect: "replace" },
  { says: "another region with another image bucket", clusterTo: { region: "lon" }, effect: "unknown" },
  { says: "another region with the same image bucket", clusterTo: { region: "us-south" }, effect: "none" },
]);
