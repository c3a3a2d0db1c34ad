import type { Json } from "../../../manifests/manifest.ts";
import type { Problem } from "../api/problems.ts";
import { at, text } from "../shoot.ts";
import { changedOrNew } from "./shoot-problems.ts";

/** What the names of a project and of its Shoot may have together: validateProjectMembership of the Shoot validator. */
const mostTogether = 21;

/** A namespace that its Project does not name itself is called after it. */
const projectOf = (namespace: string): string => namespace.replace(/^garden-/, "");

function* nameProblems(shoot: Json): Generator<Problem> {
  const name = text(at(shoot, "/metadata/name")) ?? "";
  const namespace = text(at(shoot, "/metadata/namespace")) ?? "";
  const path = ["metadata", "name"];
  const limit = `the names of the Shoot and of its project must not have more than ${mostTogether} characters together`;
  if (name.length >= mostTogether) yield { path, message: limit };
  else if (name.length + projectOf(namespace).length > mostTogether)
    yield {
      path,
      message: `${limit}; the project of ${namespace} is called ${projectOf(namespace)}, unless its Project says otherwise`,
      isUnsure: true,
    };
}

/** New Shoots alone are asked how long their names are. */
export const nameLength = changedOrNew((base, head) => (base === undefined ? nameProblems(head) : []));
