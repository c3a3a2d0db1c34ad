import { spawnSync } from "node:child_process";

/** A program with its arguments, and where and with what it runs. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const shell = (script: string, cwd?: string): Command => ({
  argv: ["bash", "-c", script],
  ...(cwd === undefined ? {} : { cwd }),
});

/** Node 20 reads this file at every start, which would be measured instead of the program. */
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

const options = ({ cwd, env }: Command) => ({
  env: { ...environment, ...env },
  encoding: "utf8" as const,
  maxBuffer: 1 << 30,
  ...(cwd === undefined ? {} : { cwd }),
});

/** Runs a command for what it says. */
export function output(command: Command): { readonly stdout: string; readonly stderr: string; readonly code: number } {
  const [file, ...args] = command.argv;
  const { stdout, stderr, status } = spawnSync(file, args, options(command));
  return { stdout, stderr, code: status ?? -1 };
}

/** Milliseconds of processor time of a command and its children, user and system. */
export function cpuOf(command: Command): number {
  const timed = `TIMEFORMAT='%U %S'; { time "$@" >/dev/null 2>/dev/null; } 2>&1`;
  const { stdout } = output({ ...command, argv: ["bash", "-c", timed, "bash", ...command.argv] });
  const [user = Number.NaN, system = Number.NaN] = stdout.trim().split(/\s+/).map(Number);
  return (user + system) * 1000;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

interface Compared {
  /** Median of the ratios of neighbouring runs. */
  readonly ratio: number;
  readonly ours: number;
  readonly floor: number;
}

/** Runs both in turn, so that whatever else the machine does meets both. */
export function compare(ours: Command, floor: Command, runs: number): Compared {
  const pairs = Array.from({ length: runs }, () => ({ floor: cpuOf(floor), ours: cpuOf(ours) }));
  return {
    // Below a millisecond the clock of the shell shows nothing.
    ratio: median(pairs.map((pair) => pair.ours / Math.max(pair.floor, 1))),
    ours: median(pairs.map((pair) => pair.ours)),
    floor: median(pairs.map((pair) => pair.floor)),
  };
}

/** Highest memory of a program of Node.js, in MiB. */
export function peakOf({ argv: [node, ...args] }: Command): number {
  const report = `process.on("exit",()=>process.stderr.write("\\npeak="+process.resourceUsage().maxRSS+"\\n"))`;
  const { stderr } = output({ argv: [node, `--import=data:text/javascript,${encodeURIComponent(report)}`, ...args] });
  return Number(/peak=(\d+)/.exec(stderr)?.[1] ?? Number.NaN) / 1024;
}
