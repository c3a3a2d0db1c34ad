import { runAction } from "./run.ts";
import { runBehindProxy } from "./proxy.ts";

process.exitCode = runBehindProxy(process.env) ?? (await runAction(process.env));
