/** A TuneD profile as its INI text says it: the options of each section. */
export type Profile = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads a profile as Python's configparser does with `=` as the only delimiter, comments after `#`, and a later option over
 * an earlier one (redhat-performance/tuned@2bfa442 tuned/profiles/loader.py _load_config_data).
 */
export function readProfile(data: string): Profile {
  const sections = new Map<string, Map<string, string>>();
  let options = new Map<string, string>();
  for (const raw of data.split("\n")) {
    const line = raw.replace(/(^|\s)#[^]*$/, "").trim();
    if (line === "" || line.startsWith(";")) continue;
    const name = /^\[(.*)\]$/.exec(line)?.[1];
    if (name === undefined) {
      const at = line.indexOf("=");
      options.set((at === -1 ? line : line.slice(0, at)).trim(), at === -1 ? "" : line.slice(at + 1).trim());
    } else {
      options = sections.get(name) ?? new Map<string, string>();
      sections.set(name, options);
    }
  }
  return sections;
}

/** Profiles that come with TuneD and ask for kernel arguments: which ones is not in any manifest. */
const withArguments =
  /^(?:aws|cpu-partitioning|cpu-partitioning-powersave|intel-sst|network-latency|realtime|realtime-virtual-(?:guest|host)|sap-hana-kvm-guest|openshift-node-performance-.+)$/;

/**
 * The kernel arguments of a profile with all that it includes. What is not visible, because a profile that comes with TuneD
 * has it, is there by its name: what changes about it is seen.
 */
export function bootCommandLine(profiles: ReadonlyMap<string, Profile>, name: string): string {
  const chain: Profile[] = [];
  const elsewhere: string[] = [];
  const seen = new Set<string>();
  const load = (one: string): void => {
    if (seen.has(one)) return;
    seen.add(one);
    const profile = profiles.get(one);
    if (profile === undefined) {
      if (withArguments.test(one)) elsewhere.push(`include:${one}`);
      return;
    }
    const includes = profile.get("main")?.get("include");
    if (includes !== undefined) for (const included of includes.split(/[,;]/)) load(included.trim());
    chain.push(profile);
  };
  load(name);
  const line = expanded(joined(merged(chain, "bootloader"), elsewhere.length > 0), merged(chain, "variables"));
  const unquoted = /^"(.*)"$/.exec(line)?.[1] ?? line;
  return [...elsewhere, ...(unquoted.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [])].join(" ");
}

/** tuned/profiles/merger.py _merge_two: options of a later profile replace those of the same name where they stand. */
function merged(chain: readonly Profile[], section: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  let isEnabled = true;
  for (const profile of chain) {
    const own = profile.get(section);
    if (own === undefined) continue;
    if (isTrue(own.get("replace"))) options.clear();
    isEnabled = !own.has("enabled") || isTrue(own.get("enabled"));
    for (const dropped of own.get("drop")?.split(/\s*[,;]\s*/) ?? []) options.delete(dropped);
    for (const [key, value] of own) options.set(key, value);
  }
  return isEnabled ? options : new Map<string, string>();
}
const isTrue = (text: string | undefined): boolean => text === "1" || text === "true" || text === "True";

/** tuned/plugins/plugin_bootloader.py _get_effective_options: `+` adds, `-` takes away, and an empty value says nothing. */
function joined(options: ReadonlyMap<string, string>, hasHidden: boolean): string {
  let found: string[] = [];
  for (const [key, value] of options) {
    if (!key.startsWith("cmdline")) continue;
    const rest = value.slice(1).trim();
    if (value === "") {
      // It may hide the value of a profile that is not visible.
      if (hasHidden) found.push(`${key}=`);
    } else if (value.startsWith("-")) {
      const dropped = rest.split(/\s+/);
      const words = found.join(" ").split(/\s+/);
      const hidden = hasHidden ? dropped.filter((word) => !words.includes(word)) : [];
      found = [...words.filter((word) => !dropped.includes(word)), ...hidden.map((word) => `-${word}`)];
    } else found.push(/^(?:\+|\\[\\+-])/.test(value) ? rest : value);
  }
  return found.filter((text) => text !== "").join(" ");
}

/** tuned/profiles/variables.py: each variable is expanded by those above it. What is no variable stays. */
function expanded(text: string, variables: ReadonlyMap<string, string>): string {
  const known = new Map<string, string>();
  const expand = (value: string): string =>
    value.replace(/(?<!\\)\$\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole);
  for (const [name, value] of variables) known.set(name, expand(value));
  return expand(text);
}
