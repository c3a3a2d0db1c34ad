import { didYouMean } from "../../validation/nearest-word.ts";
import type { Arguments } from "../arguments.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { toStdout } from "../output.ts";

/** Prints the JSON Schema of the report, of the configuration, or of rule tables. */
export async function schema({ operands }: Arguments): Promise<number> {
  const { schemaNames, schemaOf } = await import("../../configuration/json-schemas.ts");
  const [name = "report", ...more] = operands;
  const known = schemaNames.find((one) => one === name);
  if (known === undefined || more.length > 0)
    throw new UsageError(
      more.length > 0
        ? `schema prints one at a time: one of ${schemaNames.join(", ")}`
        : `no schema is called "${name}"${didYouMean(name, schemaNames)}: one of ${schemaNames.join(", ")}`,
    );
  await toStdout(schemaOf(known));
  return exitCodes.ok;
}
