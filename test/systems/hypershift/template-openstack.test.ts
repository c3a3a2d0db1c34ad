import { run } from "./template-run.ts";

run("OpenStack", [
  { says: "another flavor", to: { flavor: "m1.2xlarge" }, effect: "replace" },
  { says: "an image", to: { imageName: "rhcos" }, effect: "replace" },
  { says: "another zone", to: { availabilityZone: "nova-b" }, effect: "replace" },
  { says: "another zone, InPlace", to: { availabilityZone: "nova-b" }, upgrade: "InPlace", effect: "none" },
  {
    says: "a description of a port",
    to: {
      additionalPorts: [
        { description: "x", network: { id: "net-1" }, allowedAddressPairs: [{ ipAddress: "10.0.0.2" }] },
      ],
    },
    effect: "none",
  },
  {
    says: "the last address pair of a port",
    to: { additionalPorts: [{ network: { id: "net-1" }, allowedAddressPairs: [{ ipAddress: "10.0.0.1" }] }] },
    effect: "replace",
  },
  {
    says: "ports while the cluster names subnets",
    clusterFrom: { subnets: [{ id: "s" }] },
    to: { additionalPorts: [] },
    effect: "none",
  },
  { says: "the cluster names subnets", clusterTo: { subnets: [{ id: "s" }] }, effect: "replace" },
  {
    says: "another subnet of the cluster",
    clusterFrom: { subnets: [{ id: "s" }] },
    clusterTo: { subnets: [{ id: "t" }] },
    effect: "none",
  },
]);
