import type { Report } from "../report/report.ts";
import type { Effect } from "../rules/words.ts";
import { mermaidLabel } from "./escape.ts";
import { affected, byCluster, groupCauses, happening } from "./groups.ts";
import { amount } from "./phrases.ts";

const fewestPools = 3;
/** With more, the picture would be unreadable; what is left out is counted. */
export const mostPictured = { changes: 4, poolsOfCluster: 6 } as const;

const colors: Readonly<Partial<Record<Effect, string>>> = {
  rejected: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
  delete: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
  replace: "fill:#ffebe9,stroke:#cf222e,color:#1f2328",
  "on-delete": "fill:#fff1e5,stroke:#bc4c00,color:#1f2328",
  "inplace-drain": "fill:#fff1e5,stroke:#bc4c00,color:#1f2328",
  unknown: "fill:#fbefff,stroke:#8250df,color:#1f2328",
};
const otherColor = "fill:#ddf4ff,stroke:#0969da,color:#1f2328";

/** Which change reaches which pools, where one fans out; empty where each change has its own few pools. */
export function fanOutPicture(report: Report): string {
  const all = groupCauses(affected(report), happening)
    .flatMap(({ effect, places }) => places.map((place) => ({ ...place, effect })))
    // What an object as a whole does to its own pools is no news.
    .filter(({ path, pools }) => path !== "" && pools.length >= fewestPools);
  const fans = all.slice(0, mostPictured.changes);
  if (fans.length === 0) return "";
  const lines = ["flowchart LR"];
  const nodes = new Map<string, string>();
  const node = (key: string, label: string, effect?: Effect): string => {
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const id = `n${nodes.size}`;
    nodes.set(key, id);
    lines.push(`  ${id}[${mermaidLabel(label, 100)}]`);
    if (effect !== undefined) lines.push(`  style ${id} ${colors[effect] ?? otherColor}`);
    return id;
  };
  for (const { object, path, effect, pools } of fans) {
    const from = node(`change ${object} ${path}`, `${object} ${path}`);
    for (const [cluster, list] of byCluster(pools)) {
      const via = node(`cluster ${cluster}`, cluster);
      lines.push(`  ${from} --> ${via}`);
      for (const { pool } of list.slice(0, mostPictured.poolsOfCluster)) {
        lines.push(`  ${via} -->|${effect}| ${node(`pool ${cluster} ${effect} ${pool}`, pool, effect)}`);
      }
      const left = list.length - mostPictured.poolsOfCluster;
      if (left > 0)
        lines.push(
          `  ${via} -->|${effect}| ${node(`more ${cluster} ${effect} ${object} ${path}`, amount(left, "more pool"), effect)}`,
        );
    }
  }
  const left = all.length - fans.length;
  const rest =
    left > 0 ? `\n\nand ${amount(left, "more change")} that ${left === 1 ? "reaches" : "reach"} several pools.` : "";
  return `\`\`\`mermaid\n${[...new Set(lines)].join("\n")}\n\`\`\`${rest}`;
}
