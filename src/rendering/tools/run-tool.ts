import { type ChildProcess, execFile } from "node:child_process";
import { join } from "node:path";
import { shownName } from "../../sources/shown-name.ts";
import { withoutToldSecrets } from "./told-secrets.ts";

interface ToolRun {
  readonly command: string;
  readonly args: readonly string[];
  /** The private folder: the tool works, caches and looks for its configuration in there and nowhere else. */
  readonly folder: string;
  /** Lets the tool reach other hosts, and the programs with which it does that. */
  readonly network?: boolean;
  readonly timeoutMs?: number;
  /** What the tool is given, which its message may quote. */
  readonly given?: () => Iterable<readonly [path: string, bytes: Uint8Array]>;
}

export type ToolResult =
  | { readonly ok: true; readonly output: Buffer }
  | { readonly ok: false; readonly because: string };

export const mostOutput = 128 * 1024 * 1024;
export const mostMessage = 600;
export const defaultTimeoutMs = 60_000;
/** Variables that a tool keeps only where the network is allowed. */
const networkVariables = [
  "PATH",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
];
/** A port on which nothing listens: a tool that respects proxies fails at once. */
const nowhere = "http://127.0.0.1:9";

/**
 * Runs a renderer: never through a shell, without the user's environment, configuration, plugins or credentials, and within
 * bounds of time and output.
 */
export async function runTool({
  command,
  args,
  folder,
  network = false,
  timeoutMs = defaultTimeoutMs,
  given = () => [],
}: ToolRun): Promise<ToolResult> {
  return await new Promise((resolve) => {
    const child = execFile(
      command,
      [...args],
      {
        cwd: folder,
        env: environmentIn(folder, network),
        encoding: "buffer",
        maxBuffer: mostOutput,
        timeout: timeoutMs,
        killSignal: "SIGKILL",
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        running.delete(child);
        if (error === null) resolve({ ok: true, output: stdout });
        else resolve({ ok: false, because: reasonOf(error, stderr.toString("utf8"), timeoutMs, folder, given()) });
      },
    );
    running.set(child, folder);
  });
}

/** The running tools, and the private folder of each. */
const running = new Map<ChildProcess, string>();

/** Stops the tools that work in a folder. */
export function stopTools(folder: string): void {
  for (const [child, its] of running) if (its === folder) child.kill("SIGKILL");
}

function environmentIn(folder: string, network: boolean): NodeJS.ProcessEnv {
  const home = join(folder, "home");
  const kept = network
    ? networkVariables.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]))
    : [];
  return {
    PATH: join(folder, "no-programs"),
    ...(network ? {} : { HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, http_proxy: nowhere, https_proxy: nowhere }),
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    KUBECONFIG: join(home, "no-cluster"),
    HELM_PLUGINS: join(home, "no-plugins"),
    TMPDIR: folder,
    LC_ALL: "C",
    TZ: "UTC",
  };
}

/** Warnings, and the prefix that a logger puts before an error: its time would make one failure look like two. */
const beside = /^# Warning:.*$|^[EF]\d{4} [\d:.]+ +\d+ \S+\] (?:"command failed" err=)?/gm;

function reasonOf(
  error: Error & { readonly code?: string | number | null; readonly killed?: boolean },
  stderr: string,
  timeoutMs: number,
  folder: string,
  given: Iterable<readonly [path: string, bytes: Uint8Array]>,
): string {
  if (error.killed === true) return `it took more than ${timeoutMs / 1000} s and was stopped`;
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
    return `it printed more than ${mostOutput} bytes and was stopped`;
  if (error.code === "ENOENT" || error.code === "EACCES") return "it cannot be started";
  const said = stderr
    .slice(0, 100 * mostMessage)
    .replaceAll(beside, "")
    .trim();
  // Not the message of the error: it is the command line, in which values may stand.
  const ended = `it ended with ${typeof error.code === "number" ? `exit code ${error.code}` : "a signal"} and said nothing`;
  const message = withoutFolder(said === "" ? ended : withoutToldSecrets(said, given), folder);
  const shown = shownName(message.replaceAll(/\s*\n\s*/g, "; "));
  return shown.length > mostMessage ? `${shown.slice(0, mostMessage)}…` : shown;
}

/** Paths as the repository has them, without the folder that is gone when somebody reads the message. */
const withoutFolder = (text: string, folder: string): string =>
  text
    .replaceAll(`${folder}/base/`, "")
    .replaceAll(`${folder}/head/`, "")
    .replaceAll(`${folder}/`, "")
    .replaceAll(folder, ".");
