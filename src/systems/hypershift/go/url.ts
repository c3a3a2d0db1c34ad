/** Characters of a host that Go leaves alone (net/url shouldEscape, mode encodeHost), and escapes of others. */
const host = /^(?:[\w.~!$&'()*+,;=:[\]<>"-]|[^\0-\x7f]|%(?:25|[89A-Fa-f][0-9A-Fa-f]))*$/;
const userinfo = /^(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*$/;
const brokenEscape = /%(?![0-9A-Fa-f]{2})/;

/** Whether Go's url.Parse reads a text as a URL with a scheme. */
export function isAbsoluteUrl(text: string): boolean {
  const [, rest] = /^[A-Za-z][A-Za-z0-9+.-]*:(.*)$/s.exec(text) ?? [];
  if (rest === undefined || [...text].some((letter) => letter < " " || letter === "\u007f")) return false;
  const [beforeFragment = "", ...fragment] = rest.split("#");
  const [whole = ""] = beforeFragment.split("?");
  if (brokenEscape.test(fragment.join("#"))) return false;
  const isOpaque = !whole.startsWith("/");
  const hasAuthority = whole.startsWith("//") && !whole.startsWith("///");
  if (!hasAuthority) return isOpaque || !brokenEscape.test(whole);
  const [authority = "", ...path] = whole.slice(2).split("/");
  return isAuthority(authority) && !brokenEscape.test(path.join("/"));
}

/** net/url parseAuthority, parseHost: the port has digits only, and an address in brackets ends with one. */
function isAuthority(text: string): boolean {
  const at = text.lastIndexOf("@");
  const name = text.slice(at + 1);
  const bracket = name.lastIndexOf("]");
  if (name.startsWith("[") && bracket === -1) return false;
  const colon = name.startsWith("[") ? bracket + 1 : name.lastIndexOf(":");
  const port = colon === -1 ? "" : name.slice(colon);
  return userinfo.test(text.slice(0, Math.max(at, 0))) && /^(?::\d*)?$/.test(port) && host.test(name);
}
