import { fstatSync, statSync, writeSync } from "node:fs";

/** Asked without the streams themselves: for them Node.js loads its sockets, which a small run feels. */
const descriptors = { stdout: 1, stderr: 2 } as const;
type StreamName = keyof typeof descriptors;

/** Whether it is a terminal. */
export const isTerminal = (name: StreamName): boolean => mayBeTerminal(descriptors[name]) && process[name].isTTY;

function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    const isNull = stats.rdev === statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
    return stats.isCharacterDevice() && !isNull;
  } catch {
    // Not every handle of Windows says what it is.
    return true;
  }
}

/** Terminals of containers and scripts often have no size, and say 0. */
const usualWidth = 80;
/** The columns of a terminal; infinitely many elsewhere. */
export const widthOf = (name: StreamName): number => (isTerminal(name) ? columnsOf(process[name]) : Infinity);
export const columnsOf = ({ columns }: { readonly columns?: number }): number =>
  columns === undefined || columns === 0 ? usualWidth : columns;

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** Writes what goes at once, and returns the rest: a pipe that does not block may have a slow reader. */
function writeAtOnce(name: StreamName, bytes: Uint8Array): Uint8Array {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptors[name], bytes, written);
    } catch (error) {
      if (codeOf(error) === "EAGAIN") break;
      throw error;
    }
  }
  return bytes.subarray(written);
}

/**
 * Writes and waits until all of it is taken. A reader that has gone (`| head`) had what it wanted: that is no failure.
 * @throws {Error} as the system says it.
 */
export async function writeTo(name: StreamName, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  try {
    // The Windows console takes text from its stream only.
    const rest = isTerminal(name) ? bytes : writeAtOnce(name, bytes);
    if (rest.length > 0) await throughStream(name, rest);
  } catch (error) {
    if (codeOf(error) !== "EPIPE") throw error;
  }
}

async function throughStream(name: StreamName, bytes: Uint8Array): Promise<void> {
  const stream = process[name];
  await new Promise<void>((resolve, reject) => {
    // The callback gets the error as well; without a listener the stream would throw it.
    stream.once("error", reject);
    stream.write(bytes, (error) => {
      if (error !== undefined && error !== null) return reject(error);
      // A failed write emits its error after this call.
      stream.off("error", reject);
      resolve();
    });
  });
}
