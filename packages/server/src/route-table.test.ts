import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createRouteTable } from "./route-table.ts";

describe("the table of routes", () => {
  const table = createRouteTable<string>();
  for (const path of ["/runs", "/runs/{id}", "/runs/by-name", "/runs/{id}/notes", "/models/{model}/versions/{number}"])
    table.add("GET", path, path);
  table.add("POST", "/runs/search", "search");
  for (const path of ["/files", "/files/", "/files/*", "/trees/{tree}/*", "/trees/{tree}/top"])
    table.add("GET", path, path);
  const find = (path: string, method = "GET") => {
    const found = table.find(method, path);
    return found && [found.value, found.params];
  };

  it("finds by method and whole path, and names the parts", () => {
    assert.deepEqual(find("/runs"), ["/runs", {}]);
    assert.deepEqual(find("/runs/7"), ["/runs/{id}", { id: "7" }]);
    assert.deepEqual(find("/models/a/versions/2"), ["/models/{model}/versions/{number}", { model: "a", number: "2" }]);
    assert.deepEqual(find("/runs/search", "POST"), ["search", {}]);
    assert.equal(find("/runs/7", "POST"), undefined);
    assert.equal(find("/runs/7/"), undefined);
    assert.equal(find("/nothing"), undefined);
  });

  it("takes what is written out before a name, and goes back to the name where that leads nowhere", () => {
    assert.deepEqual(find("/runs/by-name"), ["/runs/by-name", {}]);
    assert.deepEqual(find("/runs/by-name/notes"), ["/runs/{id}/notes", { id: "by-name" }]);
    assert.deepEqual(find("/runs/search"), ["/runs/{id}", { id: "search" }]);
  });

  it("takes all that is left for a *, decoded, when nothing that is more exact fits", () => {
    assert.deepEqual(find("/files/a/b%2Fc%20d"), ["/files/*", { "*": "a/b/c d" }]);
    assert.deepEqual(find("/files"), ["/files", {}]);
    assert.deepEqual(find("/files/"), ["/files/", {}]);
    assert.deepEqual(find("/trees/7/"), ["/trees/{tree}/*", { tree: "7", "*": "" }]);
    assert.deepEqual(find("/trees/7/top"), ["/trees/{tree}/top", { tree: "7" }]);
    assert.deepEqual(find("/trees/7/top/x"), ["/trees/{tree}/*", { tree: "7", "*": "top/x" }]);
    assert.equal(find("/trees/7"), undefined);
    assert.equal(find("/files/a", "POST"), undefined);
  });

  it("decodes each part by itself, so an encoded slash divides nothing", () => {
    assert.deepEqual(find("/runs/a%2Fb%20c"), ["/runs/{id}", { id: "a/b c" }]);
    assert.deepEqual(find("/%72uns/__proto__"), ["/runs/{id}", { id: "__proto__" }]);
  });
});
