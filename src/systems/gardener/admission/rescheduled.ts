import type { Predicate } from "../../../rules/functions.ts";

/** A live Shoot whose control plane is still on another seed than the one that it was given. */
export const isRescheduled: Predicate = ({ base }) => {
  const [given, own] = [base?.get("/spec/seedName"), base?.get("/status/seedName")];
  return given !== undefined && own !== undefined && given !== own;
};
