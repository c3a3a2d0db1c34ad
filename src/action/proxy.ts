import { spawnSync } from "node:child_process";

/**
 * Node's own HTTP client heeds `HTTPS_PROXY` only when `NODE_USE_ENV_PROXY` was set at its start, so behind a proxy this
 * process starts itself again with it. Undefined when there is no proxy, or this is that second process.
 */
export function runBehindProxy(environment: NodeJS.ProcessEnv): number | undefined {
  const proxy = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].some(
    (name) => (environment[name] ?? "") !== "",
  );
  if (!proxy || environment["NODE_USE_ENV_PROXY"] !== undefined) return undefined;
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...environment, NODE_USE_ENV_PROXY: "1" },
    stdio: "inherit",
  });
  return status ?? 1;
}
