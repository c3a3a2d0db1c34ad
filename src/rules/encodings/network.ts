/** Addresses that share a prefix. */
export interface Network {
  readonly isIpv6: boolean;
  /** The first address, with the bits behind the prefix cleared. */
  readonly first: bigint;
  /** How many bits the prefix has. */
  readonly length: number;
}

const bitsOf = (isIpv6: boolean): number => (isIpv6 ? 128 : 32);

/** The network that a text in CIDR notation means, as Go's net.ParseCIDR reads it; undefined where it refuses. */
export function parseNetwork(text: string): Network | undefined {
  const [host = "", length = "", ...more] = text.split("/");
  const address = parseAddress(host);
  if (address === undefined || more.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const isIpv6 = host.includes(":");
  if (Number(length) > bitsOf(isIpv6)) return undefined;
  return { isIpv6, first: maskedBy(address, Number(length), isIpv6), length: Number(length) };
}

/** An address with all bits behind a prefix cleared. */
export function maskedBy(address: bigint, length: number, isIpv6: boolean): bigint {
  const shift = BigInt(bitsOf(isIpv6) - length);
  return (address >> shift) << shift;
}

/** Whether all addresses of one network are among those of another. */
export const contains = (outer: Network, inner: Network): boolean =>
  outer.isIpv6 === inner.isIpv6 &&
  outer.length <= inner.length &&
  maskedBy(inner.first, outer.length, outer.isIpv6) === outer.first;

/** An IPv4 or IPv6 address as a number, as Go's net.ParseIP reads it; undefined where it refuses. */
export function parseAddress(text: string): bigint | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  // The last two groups may be written as an IPv4 address.
  const [, before = "", dotted = ""] = /^(.*:)([^:.]*\.[^:]*)$/.exec(text) ?? [];
  const four = dotted === "" ? undefined : parseIpv4(dotted);
  if (dotted !== "" && four === undefined) return undefined;
  const written = four === undefined ? text : `${before}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
  const halves = written.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const given = groups.flat();
  if (!given.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const missing = 8 - given.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all =
    halves.length === 1 ? given : [...(groups[0] ?? []), ...Array<string>(missing).fill("0"), ...(groups[1] ?? [])];
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** An IPv4 address as it is written. */
export const ipv4Text = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");

/** An IPv6 address as Go's net.IP writes it: the first of the longest runs of zeros is left out. */
export function ipv6Text(address: bigint): string {
  const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((address >> shift) & 0xffffn).toString(16));
  const text = groups.join(":");
  const [run] = [...text.matchAll(/\b0(?::0\b)+/g)].toSorted(([a], [b]) => b.length - a.length);
  if (run === undefined) return text;
  return `${text.slice(0, run.index).replace(/:$/, "")}::${text.slice(run.index + run[0].length).replace(/^:/, "")}`;
}
