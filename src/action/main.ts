import { runBehindProxy } from "./proxy.ts";
import { runAction } from "./run.ts";

const code = runBehindProxy(process.env);
if (code !== undefined) process.exitCode = code;
else
  void runAction(process.env).then((result) => {
    process.exitCode = result;
  });
