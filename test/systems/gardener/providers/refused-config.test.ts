import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnalyzeOptions } from "../../../../src/index.ts";
import { loadBalancerClasses, type Part, refusalsOf, type TrialShoot, workerConfig } from "../trial-shoot.ts";

type Refusal = readonly [head: Partial<TrialShoot>, reason: string];

/** Each change is refused, with its own reason. */
function refused(base: TrialShoot, refusals: readonly Refusal[], options: AnalyzeOptions = {}): void {
  const got = refusals.map(([head, reason]) => {
    const reasons = refusalsOf(base, head, options);
    return { head, reason: reasons.some((because) => because.includes(reason)) ? reason : reasons };
  });
  assert.deepEqual(
    got,
    refusals.map(([head, reason]) => ({ head, reason })),
  );
}

const list = (of: Part, ...more: readonly Part[]): readonly Part[] => [of, ...more];

test("provider-aws: subnets of one's own stand in a VPC of one's own, and each for itself", () => {
  const own = (fields: Part = {}): Part => ({ name: "z1", workersSubnetID: "subnet-1", ...fields });
  const made = (fields: Part = {}): Part => ({
    name: "z1",
    workers: "10.250.0.0/19",
    public: "10.250.32.0/20",
    internal: "10.250.48.0/20",
    ...fields,
  });
  const zones = (...all: readonly Part[]): Part => ({
    infrastructure: { networks: { vpc: { id: "vpc-1" }, zones: all } },
  });
  const base = (zone: Part): TrialShoot => ({
    provider: "aws",
    worker: { zones: ["z1"] },
    ...zones(zone),
  });
  const second = { name: "z2", workersSubnetID: "subnet-2" };
  refused(base(own()), [
    [zones(own(), { ...second, workersSubnetID: "subnet-1" }), "subnet-1 appears twice"],
    [zones(own({ publicSubnetID: "p" }), second), "must be set in all zones or in none"],
    [zones(own({ publicSubnetID: "p", internalSubnetID: "p" })), "must differ from publicSubnetID"],
    [zones(own({ publicSubnetID: "subnet-3" }), { ...second, publicSubnetID: "subnet-3" }), "subnet-3 appears twice"],
    [zones(own({ public: "10.250.32.0/20" })), "is only possible without workersSubnetID"],
    [
      { infrastructure: { networks: { vpc: { id: "vpc-1", gatewayEndpoints: ["s3"] }, zones: [own()] } } },
      "are not possible together with workersSubnetID",
    ],
    [zones(own(), made({ name: "z2" })), "workers and workersSubnetID cannot be mixed"],
    [zones({ name: "z1" }), "must have either workers or workersSubnetID"],
    [{ infrastructure: { networks: { vpc: { cidr: "10.250.0.0/16" }, zones: [own()] } } }, "needs networks.vpc.id"],
    [
      { infrastructure: { networks: { vpc: { id: "vpc-1" }, zones: [own()] }, elasticFileSystem: { enabled: true } } },
      "must be set together with workersSubnetID",
    ],
  ]);
  refused(base(made()), [
    [zones(made({ public: undefined, elasticIPAllocationID: "eipalloc-1" })), "needs workers and public"],
    [zones(made({ internalSubnetID: "i" })), "is only possible with workersSubnetID"],
  ]);
  refused(base(made()), [[zones(made({ public: undefined })), "must be a network"]], {
    targets: { "provider-aws": "1.72" },
  });
});

test("provider-aws: an IPv6 pool of addresses goes with its block, and with IPv6", () => {
  const networks = (vpc: Part): Part => ({
    infrastructure: { networks: { vpc, zones: [{ name: "z1", workersSubnetID: "subnet-1" }] } },
  });
  const base: TrialShoot = { provider: "aws", worker: { zones: ["z1"] }, ...networks({ id: "vpc-1" }) };
  refused(base, [
    [networks({ id: "vpc-1", ipv6IpamPool: { cidrBlock: "2001:db8::/56" } }), "needs networks.vpc.ipv6IpamPool.id"],
    [
      networks({ id: "vpc-1", ipv6IpamPool: { id: "pool", cidrBlock: "2001:db8::/56" } }),
      "needs IPv6 in networking.ipFamilies",
    ],
  ]);
});

test("provider-aws: settings of a pool that exclude each other", () => {
  const zones = [{ name: "z1", workers: "10.250.0.0/19", public: "10.250.32.0/20", internal: "10.250.48.0/20" }];
  const base: TrialShoot = {
    provider: "aws",
    worker: { zones: ["z1"], dataVolumes: [{ name: "data", type: "gp3", size: "10Gi" }] },
    infrastructure: { networks: { vpc: { cidr: "10.250.0.0/16" }, zones } },
  };
  const config = (fields: Part): Part => ({ worker: { ...base.worker, providerConfig: workerConfig("aws", fields) } });
  const reservation = { capacityReservationId: "cr-1" };
  refused(base, [
    [config({ dataVolumes: [{ name: "data" }, { name: "data" }] }), "the name appears twice"],
    [
      config({ capacityReservation: { ...reservation, capacityReservationResourceGroupArn: "arn:aws:x" } }),
      "only one of capacityReservationId and capacityReservationResourceGroupArn may be set",
    ],
    [
      config({ capacityReservation: { ...reservation, capacityReservationPreference: "open" } }),
      "an ID or group needs the preference capacity-reservations-only (or none)",
    ],
    [
      config({ networkInterfaces: [{ networkCardIndex: 1, networkCardIndexRange: { from: 1, to: 2 } }] }),
      "networkCardIndex and networkCardIndexRange exclude each other",
    ],
    [
      config({ networkInterfaces: [{ networkCardIndexRange: { from: 2, to: 1 } }] }),
      "from must not be greater than to",
    ],
  ]);
});

test("provider-gcp: settings of the network that exclude each other", () => {
  const networks = (fields: Part): Part => ({ infrastructure: { networks: { workers: "10.250.0.0/18", ...fields } } });
  const base: TrialShoot = { provider: "gcp", ...networks({}) };
  const dynamic = { enableDynamicPortAllocation: true };
  refused(base, [
    [networks({ vpc: { name: "vpc", cloudRouter: { name: "r" } }, mtu: 1460 }), "cannot be set for an existing VPC"],
    [networks({ flowLogs: {} }), "must set at least one of aggregationInterval"],
    [networks({ cloudNAT: { natIPNames: [] } }), "must not be empty"],
    [networks({ cloudNAT: { maxPortsPerVM: 64 } }), "needs enableDynamicPortAllocation: true"],
    [
      networks({ cloudNAT: { ...dynamic, endpointIndependentMapping: { enabled: true } } }),
      "cannot be used together with endpointIndependentMapping",
    ],
    [
      networks({ cloudNAT: { ...dynamic, minPortsPerVM: 1000 } }),
      "must be a power of two with dynamic port allocation",
    ],
    [networks({ cloudNAT: { ...dynamic, maxPortsPerVM: 1000 } }), "must be a power of two"],
    [
      networks({ cloudNAT: { ...dynamic, minPortsPerVM: 128, maxPortsPerVM: 64 } }),
      "must not be greater than maxPortsPerVM",
    ],
  ]);
});

test("provider-gcp: local disks say how they are attached, and are not encrypted by keys of one's own", () => {
  const base: TrialShoot = { provider: "gcp", infrastructure: { networks: { workers: "10.250.0.0/18" } } };
  const pool = (fields: Part, volume: Part = { type: "SCRATCH" }): Part => ({
    worker: {
      dataVolumes: [{ name: "data", size: "375Gi", ...volume }],
      providerConfig: workerConfig("gcp", fields),
    },
  });
  const encryption = { kmsKeyName: "key" };
  const account = { email: "a@b.iam.gserviceaccount.com", scopes: ["s", "s"] };
  refused(base, [
    [pool({ volume: {} }), "must be set for SCRATCH volumes"],
    [pool({ volume: { interface: "NVME", encryption } }), "must not be set together with SCRATCH volumes"],
    [pool({ serviceAccount: account }, { type: "pd-ssd" }), "a scope appears twice"],
    [pool({ dataVolumes: list({ name: "data" }, { name: "data" }) }, { type: "pd-ssd" }), "the name appears twice"],
  ]);
});

test("provider-openstack: routers, classes of load balancers and server groups", () => {
  const infrastructure = { floatingPoolName: "pool", networks: { workers: "10.250.0.0/18" } };
  const base: TrialShoot = { provider: "openstack", infrastructure };
  refused(base, [
    [
      {
        infrastructure: {
          ...infrastructure,
          floatingPoolSubnetName: "subnet",
          networks: { ...infrastructure.networks, router: { id: "router" } },
        },
      },
      "cannot be set together with floatingPoolSubnetName",
    ],
    [
      loadBalancerClasses({ name: "a", floatingSubnetID: "s", floatingSubnetName: "n" }),
      "only one of floatingSubnetID, floatingSubnetName, floatingSubnetTags may be set",
    ],
    [loadBalancerClasses({ name: "a" }, { name: "a" }), "a appears twice"],
    [loadBalancerClasses({ name: "default" }, { name: "b", purpose: "default" }), "is a second default class"],
    [
      { worker: { providerConfig: workerConfig("openstack", { additionalSecurityGroups: [""] }) } },
      "must not be empty",
    ],
  ]);
});

test("provider-alicloud: route tables and IPv6 blocks of a VPC of one's own", () => {
  const networks = (vpc: Part, zone: Part = {}, more: Part = {}): Part => ({
    infrastructure: { networks: { vpc, zones: [{ name: "z1", workers: "10.250.0.0/19", ...zone }] }, ...more },
    spec: { region: "eu-central-1" },
  });
  const own = { id: "vpc-1" };
  const dualStack = { dualStack: { enabled: true } };
  const base: TrialShoot = { provider: "alicloud", worker: { zones: ["z1"] }, ...networks(own) };
  refused(base, [
    [networks({ ...own, useCustomRouteTable: true }), "must be true where a VPC of your own uses a custom route table"],
    [networks(own, {}, dualStack), "must be set where the VPC is your own"],
    [networks(own, { ipv6CidrBlock: 256 }, dualStack), "must lie between 0 and 255"],
  ]);
});
