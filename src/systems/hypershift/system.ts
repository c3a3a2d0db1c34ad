import type { BuiltinSystem } from "../builtin.ts";
import { hypershift as functions } from "./functions.ts";

export const hypershift: BuiltinSystem = { name: "hypershift", functions };
