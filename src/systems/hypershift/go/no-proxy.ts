/**
 * Whether Go's NO_PROXY takes a host out: golang.org/x/net/http/httpproxy config.useProxy. `host` is a name or an address.
 */
export function isExempt(noProxy: string, host: string, port: number): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name === "") return false;
  const address = parseAddress(name);
  if (name === "localhost" || (address !== undefined && isLoopback(name))) return true;
  return noProxy.split(",").some((entry) => matches(entry.trim().toLowerCase(), name, address, port));
}

function matches(entry: string, host: string, address: bigint | undefined, port: number): boolean {
  if (entry === "") return false;
  if (entry === "*") return true;
  const network = parseNetwork(entry);
  if (network !== undefined) {
    const isIpv6 = host.includes(":");
    return address !== undefined && isIpv6 === network.isIpv6 && address >> network.shift === network.prefix;
  }
  const [pattern, wantedPort] = splitPort(entry);
  if (pattern === "" || (wantedPort !== "" && wantedPort !== String(port))) return false;
  const wanted = parseAddress(pattern);
  if (wanted !== undefined) return address === wanted && host.includes(":") === pattern.includes(":");
  const domain = pattern.startsWith("*.") ? pattern.slice(1) : pattern;
  // A leading dot leaves the bare domain out.
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function splitPort(entry: string): readonly [string, string] {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(entry);
  if (bracketed !== null) return [bracketed[1] ?? "", bracketed[2] ?? ""];
  const parts = entry.split(":");
  return parts.length === 2 ? [parts[0] ?? "", parts[1] ?? ""] : [entry, ""];
}

const isLoopback = (host: string): boolean => host === "::1" || host.startsWith("127.");

interface Network {
  readonly isIpv6: boolean;
  readonly shift: bigint;
  readonly prefix: bigint;
}

function parseNetwork(text: string): Network | undefined {
  const [host = "", length, ...more] = text.split("/");
  const address = parseAddress(host);
  if (address === undefined || length === undefined || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const isIpv6 = host.includes(":");
  const bits = isIpv6 ? 128 : 32;
  if (Number(length) > bits) return undefined;
  const shift = BigInt(bits - Number(length));
  return { isIpv6, shift, prefix: address >> shift };
}

/** An IPv4 or IPv6 address as a number. */
function parseAddress(text: string): bigint | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
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

/** The network that a CIDR means, as Go's net.IPNet writes it: host bits cleared. IPv6 and bad text stay as they are. */
export function canonicalCidr(text: string): string {
  const [host = "", length = ""] = text.split("/");
  const address = parseIpv4(host);
  if (address === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32) return text.toLowerCase();
  const shift = BigInt(32 - Number(length));
  const network = (address >> shift) << shift;
  return `${[24n, 16n, 8n, 0n].map((bits) => String((network >> bits) & 255n)).join(".")}/${length}`;
}
