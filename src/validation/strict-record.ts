import { z } from "zod";
import { didYouMean } from "./nearest-word.ts";

/** An object with no other keys than these; the error about another one suggests the nearest. */
export function strictRecord<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `unknown key "${key}"${didYouMean(key, Object.keys(shape))}`).join(", ")
        : undefined,
  });
}
