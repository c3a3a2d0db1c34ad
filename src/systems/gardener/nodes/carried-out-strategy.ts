import type { Derived } from "../../../rules/functions.ts";
import { text } from "../shoot.ts";

/**
 * Providers whose extensions write a rolling update into every machine deployment, whatever the pool asks for, with a machine
 * class whose name is that of an update in place: a changed one replaces the machines.
 *
 * metal-stack/gardener-extension-provider-metal@92eafdd54, ironcore-dev/gardener-extension-provider-ironcore@0e2a224 and
 * ironcore-dev/gardener-extension-provider-ironcore-metal@06b9fbebc pkg/controller/worker/machines.go
 */
const rollingAlways = new Set(["metal", "ironcore", "ironcore-metal"]);

/** Providers whose extensions write updates in place into machine deployments. */
const inPlaceToo = new Set(["alicloud", "aws", "azure", "gcp", "local", "openstack", "stackit"]);

/** The update strategy as the provider carries it out; of extensions that were not read nobody can say. */
export const carriedOutStrategy: Derived = (scope) => {
  const strategy = scope.get("$pool/updateStrategy");
  const isInPlace = strategy === "AutoInPlaceUpdate" || strategy === "ManualInPlaceUpdate";
  const provider = text(scope.get("/spec/provider/type")) ?? "";
  if (!isInPlace || inPlaceToo.has(provider)) return strategy;
  return rollingAlways.has(provider) ? "RollingInstead" : "RollingPerhaps";
};
