import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalCidr, isExempt } from "../../../../src/systems/hypershift/go/no-proxy.ts";

const cases: readonly (readonly [noProxy: string, host: string, exempt: boolean])[] = [
  ["*", "api.example.com", true],
  ["example.com", "api.example.com", true],
  ["example.com", "example.com", true],
  [".example.com", "example.com", false],
  [".example.com", "api.example.com", true],
  ["*.example.com", "api.example.com", true],
  ["ample.com", "api.example.com", false],
  ["EXAMPLE.com", "api.Example.com", true],
  ["example.com:443", "api.example.com", false],
  ["example.com:6443", "api.example.com", true],
  ["10.0.0.0/8", "10.1.2.3", true],
  ["10.0.0.0/8", "11.1.2.3", false],
  ["10.0.0.0/8", "api.example.com", false],
  ["10.1.2.3", "10.1.2.3", true],
  ["10.1.2.3:443", "10.1.2.3", false],
  ["fd00::/8", "fd00::1", true],
  ["fd00::1", "fd00:0:0::1", true],
  ["[fd00::1]:6443", "fd00::1", true],
  // Brackets without a port are part of a name.
  ["[fd00::1]", "fd00::1", false],
  ["[10.1.2.3]", "10.1.2.3", false],
  ["::/0", "10.1.2.3", false],
  [" , a.b , 172.20.0.1", "172.20.0.1", true],
  ["", "127.0.0.1", true],
  ["", "localhost", true],
  ["", "api.example.com", false],
];
for (const [noProxy, host, exempt] of cases)
  test(`noProxy "${noProxy}" ${exempt ? "takes out" : "leaves"} ${host}`, () =>
    assert.equal(isExempt(noProxy, host, 6443), exempt));

// Answers of Go's net.IPNet, with the address that api/util/ipnet keeps.
const cidrs: readonly (readonly [given: string, written: string])[] = [
  ["172.31.0.0/16", "172.31.0.0/16"],
  ["10.9.0.5/16", "10.9.0.5/16"],
  ["FD99::5/48", "fd99::5/48"],
  ["fd99:0:0:0::/48", "fd99::/48"],
  ["2001:DB8:0:0:1::/64", "2001:db8:0:0:1::/64"],
  ["::ffff:10.0.0.1/104", "10.0.0.1/8"],
  ["010.0.0.0/8", "010.0.0.0/8"],
];
for (const [given, written] of cidrs)
  test(`the CIDR ${given} is written as ${written}`, () => assert.equal(canonicalCidr(given), written));
