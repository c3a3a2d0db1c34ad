import type { BuiltinSystem } from "../builtin.ts";
import { gardener as functions } from "./functions.ts";

export const gardener: BuiltinSystem = { name: "gardener", functions };
