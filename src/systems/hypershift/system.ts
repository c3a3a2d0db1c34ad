import { packed } from "../../rules/hypershift.generated.ts";
import type { BuiltinSystem } from "../builtin.ts";
import { hypershift as functions } from "./index.ts";

export const hypershift: BuiltinSystem = { name: "hypershift", functions, packed };
