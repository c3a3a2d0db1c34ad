import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sourceLinks } from "../../src/views/source-link.ts";

const urlsOf = (source: string): (string | undefined)[] => sourceLinks(source).map(({ url }) => url);

describe("source links", () => {
  it("lead to the file at the commit", () => {
    assert.deepEqual(sourceLinks("gardener/gardener@b312835d pkg/x.go Key"), [
      {
        label: "gardener/gardener x.go Key",
        url: "https://github.com/gardener/gardener/blob/b312835d/pkg/x.go",
        path: "pkg/x.go",
        name: "Key",
      },
    ]);
    assert.deepEqual(urlsOf("openshift/hypershift@3ee9 controllers/nodepool config.go parse, hash"), [
      "https://github.com/openshift/hypershift/blob/3ee9/controllers/nodepool/config.go",
    ]);
  });

  it("of several sources lead into the repository that was named last", () => {
    assert.deepEqual(urlsOf("a/b@1234567 pkg/x.go One; pkg/y.go Two; c/d@v1.2.3 z.go; w.go"), [
      "https://github.com/a/b/blob/1234567/pkg/x.go",
      "https://github.com/a/b/blob/1234567/pkg/y.go",
      "https://github.com/c/d/blob/v1.2.3/z.go",
      "https://github.com/c/d/blob/v1.2.3/w.go",
    ]);
  });

  it("stay text where nothing can be linked", () => {
    assert.deepEqual(sourceLinks("our own rule; and another"), [
      { label: "our own rule", url: undefined, path: "", name: "" },
      { label: "and another", url: undefined, path: "", name: "" },
    ]);
  });
});
