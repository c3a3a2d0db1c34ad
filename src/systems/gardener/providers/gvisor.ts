import { listOf } from "../../../manifests/json-list.ts";
import type { Predicate, Scope } from "../../../rules/functions.ts";
import { read } from "./json.ts";

/** Every container runtime of the pool that has a configuration is gVisor. */
export const onlyGvisorIsConfigured: Predicate = ({ base, head }) => {
  const configured = (scope: Scope | undefined) =>
    listOf(scope?.get("$pool/cri/containerRuntimes")).filter((one) => read(one, "providerConfig") !== undefined);
  return [...configured(base), ...configured(head)].every((one) => read(one, "type") === "gvisor");
};
