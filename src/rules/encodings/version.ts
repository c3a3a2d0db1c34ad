const pattern = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/;

/** `1.34` of a version that names at least major and minor. */
export function minorOf(text: string): string | undefined {
  const match = pattern.exec(text);
  return match?.[2] === undefined ? undefined : `${Number(match[1])}.${Number(match[2])}`;
}

/** `major.minor.patch` of a version that names all three. */
export function versionText(text: string): string | undefined {
  const match = pattern.exec(text);
  return match?.[3] === undefined ? undefined : `${Number(match[1])}.${Number(match[2])}.${Number(match[3])}`;
}
