import { EVENT_ID, type Event } from "js-yaml";
import { YamlError } from "./yaml-error.ts";

/** For each alias event, the event of the node it stands for: the last one of that name before it, as in go-yaml. */
export function bindAliases(events: readonly Event[], text: string): ReadonlyMap<number, number> {
  const anchors = new Map<string, number>();
  const bound = new Map<number, number>();
  for (let index = 0; index < events.length; index += 1) {
    const event = events[index]!;
    if (event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT || event.anchorStart < 0) continue;
    const name = text.slice(event.anchorStart, event.anchorEnd);
    if (!/^[\w-]+$/.test(name))
      throw new YamlError("an anchor's name may hold letters, digits, _ and - only", text, event.anchorStart);
    if (event.type !== EVENT_ID.ALIAS) {
      anchors.set(name, index);
      continue;
    }
    const target = anchors.get(name);
    if (target === undefined) throw new YamlError(`unknown anchor '${name}' referenced`, text, event.anchorStart);
    bound.set(index, target);
  }
  return bound;
}

/** Below this many decoded nodes aliases may make up nearly all of them; above, less and less (go-yaml `decode.go`). */
const low = 400_000;
const high = 4_000_000;

/** go-yaml's test against documents that grow by aliases. */
export function isExcessive(decoded: number, fromAliases: number, share: number): boolean {
  if (fromAliases <= 100 || decoded <= 1000) return false;
  const allowed =
    decoded <= low ? share : decoded >= high ? 0.1 : share - ((share - 0.1) * (decoded - low)) / (high - low);
  return fromAliases / decoded > allowed;
}
