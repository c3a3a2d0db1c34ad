import { readFileSync } from "node:fs";

/** Ticks of the clock of Linux a second, in which the kernel counts (getconf CLK_TCK). */
const ticks = 100;

/** The processor time of this process and of its children that ended, in seconds; without /proc that of this process alone. */
export function processorTime(): number {
  try {
    // What follows the name of the program, which may hold anything: state is the first field, utime the twelfth (proc_pid_stat(5)).
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticks;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}
