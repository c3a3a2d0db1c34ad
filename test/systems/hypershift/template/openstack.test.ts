import { run } from "./template-run.ts";

const network = "24fe3d2f-5a2b-4f3a-9a2c-0b1c2d3e4f50";
const subnet = "2f1c6a0e-5b7d-4d0e-9a43-0f6b7c8d9e10";

run("OpenStack", [
  { says: "another flavor", to: { flavor: "m1.2xlarge" }, effect: "replace" },
  { says: "an image", to: { imageName: "rhcos" }, effect: "replace" },
  { says: "another zone", to: { availabilityZone: "nova-b" }, effect: "replace" },
  { says: "another zone, InPlace", to: { availabilityZone: "nova-b" }, upgrade: "InPlace", effect: "none" },
  {
    says: "a description of a port",
    to: {
      additionalPorts: [
        { description: "x", network: { id: network }, allowedAddressPairs: [{ ipAddress: "10.0.0.2" }] },
      ],
    },
    effect: "none",
  },
  {
    says: "the last address pair of a port",
    to: { additionalPorts: [{ network: { id: network }, allowedAddressPairs: [{ ipAddress: "10.0.0.1" }] }] },
    effect: "replace",
  },
  {
    says: "ports while the cluster names subnets",
    clusterFrom: { subnets: [{ id: subnet }] },
    to: { additionalPorts: [] },
    effect: "none",
  },
  { says: "the cluster names subnets", clusterTo: { subnets: [{ id: subnet }] }, effect: "replace" },
  {
    says: "another subnet of the cluster",
    clusterFrom: { subnets: [{ id: subnet }] },
    clusterTo: { subnets: [{ id: "3f1c6a0e-5b7d-4d0e-9a43-0f6b7c8d9e10" }] },
    effect: "none",
  },
]);
