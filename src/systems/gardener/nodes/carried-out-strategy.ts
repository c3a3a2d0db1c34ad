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

/** The update strategy as the provider carries it out. */
export const carriedOutStrategy: Derived = (scope) => {
  const strategy = scope.get("$pool/updateStrategy");
  const isInPlace = strategy === "AutoInPlaceUpdate" || strategy === "ManualInPlaceUpdate";
  return isInPlace && rollingAlways.has(text(scope.get("/spec/provider/type")) ?? "") ? "RollingInstead" : strategy;
};
