// Behind a proxy the page lives below a path. Each address in it that forgets this works everywhere but there.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { browserWorld } from "../support/browser.ts";

const PREFIX = "/team/cairn";
const world = browserWorld({ args: ["--static-prefix", PREFIX] });

describe("the page below a prefix", () => {
  it("loads its files, asks its server and keeps its addresses there", world.needs, async () => {
    await using visit = await world.visit();
    const asked: string[] = [];
    visit.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    for (const path of ["/", "/files"]) {
      await visit.open(PREFIX + path);
      await visit.page.getByRole("main").waitFor();
      await visit.page.getByRole("link", { name: "Models" }).click();
      await visit.page.waitForURL(`**${PREFIX}/models`);
    }
    assert.deepEqual(
      asked.filter((path) => !path.startsWith(`${PREFIX}/`)),
      [],
    );
    assert.ok(asked.some((path) => path.startsWith(`${PREFIX}/api/v1/`)));
  });
});
