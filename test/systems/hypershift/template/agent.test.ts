import { run } from "./template-run.ts";

run("Agent", [
  { says: "another label", to: { "agentLabelSelector/matchLabels": { rack: "r2" } }, effect: "replace" },
  {
    says: "the label as an expression",
    to: { agentLabelSelector: { matchExpressions: [{ key: "rack", operator: "In", values: ["r1"] }] } },
    effect: "replace",
  },
  {
    says: "an empty selector instead of none",
    from: { agentLabelSelector: undefined },
    to: { agentLabelSelector: {} },
    effect: "replace",
  },
  { says: "no selector at all", to: { agentLabelSelector: undefined }, effect: "replace" },
  {
    says: "empty labels beside expressions",
    from: { agentLabelSelector: {} },
    to: { agentLabelSelector: { matchLabels: {} } },
    effect: "none",
  },
]);
