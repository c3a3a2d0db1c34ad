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
  ["::/0", "10.1.2.3", false],
  [" , a.b , 172.20.0.1", "172.20.0.1", true],
  ["", "127.0.0.1", true],
  ["", "localhost", true],
  ["", "api.example.com", false],
];
for (const [noProxy, host, exempt] of cases)
  test(`noProxy "${noProxy}" ${exempt ? "takes out" : "leaves"} ${host}`, () =>
    assert.equal(isExempt(noProxy, host, 6443), exempt));

test("a CIDR is written without its host bits", () => {
  assert.equal(canonicalCidr("10.0.3.7/16"), "10.0.0.0/16");
  assert.equal(canonicalCidr("172.31.0.0/16"), "172.31.0.0/16");
  assert.equal(canonicalCidr("FD01::/48"), "fd01::/48");
});
