import assert from "node:assert/strict";
import { test } from "node:test";
import { servedApis } from "../../../src/rendering/charts/served-apis.ts";

const kinds = [{ group: "hypershift.openshift.io", kind: "NodePool" }];
const asks = (api: string) => Buffer.from(`{{ if .Capabilities.APIVersions.Has "${api}" }}`);
const served = (path: string, api: string) =>
  servedApis(
    new Set([path]),
    [
      new Map([
        [path, asks(api)],
        ["other/templates/a.yaml", asks(`${api}9`)],
      ]),
    ],
    kinds,
  );

test("templates of a chart ask for APIs of pools, also where the chart is the whole repository", () => {
  const api = "hypershift.openshift.io/v1beta1";
  for (const path of ["templates/pools.yaml", "charts/pools/templates/in/pools.yaml"]) {
    assert.deepEqual(served(path, api), [api]);
    assert.deepEqual(served(path, `${api}/NodePool`), [`${api}/NodePool`]);
    assert.deepEqual(served(path, "example.hypershift.openshift.io/v1beta1"), []);
    assert.deepEqual(served(path, "apps/v1"), []);
  }
  assert.deepEqual(served("charts/pools/values.yaml", api), []);
});
