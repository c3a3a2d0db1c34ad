/** How versions are written that people name: `1.34`, `v1.34.2`, `4.22.0-rc.1`. */
export const versionPattern = /^v?\d+(?:\.\d+){0,2}(?:[-+].*)?$/;

/**
 * major, minor and patch; what is behind them (`-rc.1`, `+build`) and a leading `v` are cut off, as gardener's version.Normalize
 * does.
 */
export function parseVersion(text: string): Version | undefined {
  if (known.has(text)) return known.get(text);
  const version = readVersion(text);
  // The same few versions are compared over and over; a stranger's endless ones are not kept.
  if (known.size < 1000) known.set(text, version);
  return version;
}

type Version = readonly [number, number, number];
const known = new Map<string, Version | undefined>();

function readVersion(text: string): Version | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+.].*)?$/.exec(text.trim());
  return match === null ? undefined : [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

/** Negative when `a` is older than `b`; undefined when one of them is no version. */
export function compareVersions(a: string, b: string): number | undefined {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === undefined || right === undefined) return undefined;
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** True for `from <= version < before`; an absent bound is open. False when `version` is no version. */
export function isWithin(version: string, from: string | undefined, before: string | undefined): boolean {
  if (parseVersion(version) === undefined) return false;
  if (from !== undefined && (compareVersions(version, from) ?? -1) < 0) return false;
  return before === undefined || (compareVersions(version, before) ?? 0) < 0;
}

/** The minor release before `version`: `4.20` to `4.19`; `5.0` to undefined, since the last 4.x is not known. */
export function previousMinor(version: string): string | undefined {
  const parsed = parseVersion(version);
  return parsed === undefined || parsed[1] === 0 ? undefined : `${parsed[0]}.${parsed[1] - 1}`;
}

const written = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/;

/** `1.34` of a version that names at least major and minor. */
export function minorOf(text: string): string | undefined {
  const match = written.exec(text);
  return match?.[2] === undefined ? undefined : `${Number(match[1])}.${Number(match[2])}`;
}

/** `major.minor.patch` of a version that names all three. */
export function versionText(text: string): string | undefined {
  const match = written.exec(text);
  return match?.[3] === undefined ? undefined : `${Number(match[1])}.${Number(match[2])}.${Number(match[3])}`;
}
