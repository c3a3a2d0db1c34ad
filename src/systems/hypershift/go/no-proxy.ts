import { ipv4Text, ipv6Text, maskedBy, parseAddress, parseNetwork } from "../../../rules/encodings/network.ts";

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
    return (
      address !== undefined && isIpv6 === network.isIpv6 && maskedBy(address, network.length, isIpv6) === network.first
    );
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
  const bracketed = /^\[([^\]]*)\]:(.*)$/.exec(entry);
  if (bracketed !== null) return [bracketed[1] ?? "", bracketed[2] ?? ""];
  const parts = entry.split(":");
  return parts.length === 2 ? [parts[0] ?? "", parts[1] ?? ""] : [entry, ""];
}

const isLoopback = (host: string): boolean => host === "::1" || host.startsWith("127.");

/**
 * A CIDR as the API type of networks writes it (api/util/ipnet/ipnet.go ParseCIDR, String): the address keeps its host bits,
 * and an IPv4 address in IPv6 form becomes IPv4. Bad text stays as it is.
 */
export function canonicalCidr(text: string): string {
  const network = parseNetwork(text);
  const address = parseAddress(text.split("/")[0] ?? "");
  if (network === undefined || address === undefined) return text;
  if (!network.isIpv6) return `${ipv4Text(address)}/${network.length}`;
  return address >> 32n === 0xffffn && network.length >= 96
    ? `${ipv4Text(address)}/${network.length - 96}`
    : `${ipv6Text(address)}/${network.length}`;
}
