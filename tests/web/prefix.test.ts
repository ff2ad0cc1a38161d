// Behind a proxy the page lives below a path. Each address in it that forgets this works everywhere but there.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createClient } from "@cairn/client";
import { packPoints } from "@cairn/core";
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

  it("asks nothing twice that it asked before its code was there", world.needs, async () => {
    await using visit = await world.visit();
    const client = createClient(world.cairn.url + PREFIX);
    const { id } = await client.runs.create({ experiment: 0, name: "first" });
    await client.runs.log(id, { points: packPoints([{ key: "loss", step: 1, time: 1, value: 0.5 }]) });
    const asked: string[] = [];
    visit.page.on("request", (request) => {
      if (!request.url().includes("/events")) asked.push([request.url(), request.postData()].join(" "));
    });
    await visit.open(`${PREFIX}/experiments/0?tab=charts`);
    await visit.page.getByRole("figure", { name: "loss" }).getByText("1 point").waitFor();
    assert.deepEqual(
      asked.filter((question, i) => asked.indexOf(question) < i),
      [],
    );
    const early = asked.findIndex((question) => question.includes("/runs/search"));
    const code = asked.findIndex((question) => question.includes("/series/buckets"));
    assert.ok(early !== -1 && early < code);
    assert.equal(await visit.page.evaluate("window.early.answers.size"), 0, "all of them were taken");
  });
});
