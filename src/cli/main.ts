import { failed, run } from "./run.ts";

// Node's own exit code of a crash is 1, which here means that a gate was hit.
process.on("uncaughtException", (error) => process.exit(failed(error)));

void run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
