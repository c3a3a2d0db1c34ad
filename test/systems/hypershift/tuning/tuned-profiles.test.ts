import assert from "node:assert/strict";
import { test } from "node:test";
import { bootCommandLine, readProfile } from "../../../../src/systems/hypershift/tuning/tuned-profiles.ts";

const lineOf = (profiles: Readonly<Record<string, string>>, name = "own"): string =>
  bootCommandLine(new Map(Object.entries(profiles).map(([key, text]) => [key, readProfile(text)])), name);
const boot = (text: string): string => lineOf({ own: `[bootloader]\n${text}` });

test("the arguments of a profile stand in their order, without comments", () => {
  assert.equal(boot("cmdline_b=b=1  c\n# cmdline_x=x\n; cmdline_y=y\ncmdline=a=2 # why"), "b=1 c a=2");
  assert.equal(boot("initrd_add_img=x\nCMDLINE=y"), "");
  assert.equal(boot("cmdline=a\ncmdline=b"), "b");
  assert.equal(boot('cmdline="a b"'), "a b");
  assert.equal(boot('cmdline=dyndbg="file a +p" quiet'), 'dyndbg="file a +p" quiet');
});

test("what adds nothing is no argument, and a sign adds or takes away", () => {
  assert.equal(boot("cmdline_a="), "");
  assert.equal(boot("cmdline_a=+ a\ncmdline_b=+"), "a");
  assert.equal(boot("cmdline_a=a b c\ncmdline_b=-a c\ncmdline_d=\\-d"), "b -d");
  assert.equal(boot("enabled=0\ncmdline_a=a"), "");
});

test("a profile stands over what it includes, at the place of what it replaces", () => {
  const base = "[bootloader]\ncmdline_a=a\ncmdline_b=b\n";
  const own = (text: string): string => lineOf({ base, own: `[main]\ninclude=openshift-node, base\n${text}` });
  assert.equal(own(""), "a b");
  assert.equal(own("[bootloader]\ncmdline_c=c\ncmdline_a=other"), "other b c");
  assert.equal(own("[bootloader]\ncmdline_a="), "b");
  assert.equal(own("[bootloader]\nreplace=true\ncmdline_c=c"), "c");
  assert.equal(own("[bootloader]\ndrop=cmdline_b\ncmdline_c=c"), "a c");
});

test("profiles may include each other", () => {
  const one = "[main]\ninclude=two\n[bootloader]\ncmdline_a=a";
  const two = "[main]\ninclude=one;gone\n[bootloader]\ncmdline_b=b";
  assert.equal(lineOf({ one, two }, "one"), "b a");
});

test("variables are replaced, those of a later profile first; others stay", () => {
  const base = "[variables]\nsize=1\npages=${size}G\n[bootloader]\ncmdline_a=p=${pages} c=${f:exec:nproc} \\${size}";
  assert.equal(lineOf({ base }, "base"), "p=1G c=${f:exec:nproc} \\${size}");
  assert.equal(lineOf({ base, own: "[main]\ninclude=base\n[variables]\nsize=2" }), "p=2G c=${f:exec:nproc} \\${size}");
});

test("a profile of TuneD itself stands by its name, with what is done to its arguments", () => {
  assert.equal(lineOf({}, "throughput-performance"), "");
  assert.equal(lineOf({}, "realtime"), "include:realtime");
  assert.equal(
    lineOf({ own: "[main]\ninclude=realtime\n[bootloader]\ncmdline_realtime=\ncmdline_x=-nohz" }),
    "include:realtime cmdline_realtime= -nohz",
  );
});
