import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { browserWorld, PHONE } from "../support/browser.ts";

const world = browserWorld();

describe("the page as built", () => {
  it("draws itself under its own policy, without a complaint", world.needs, async () => {
    for (const visitor of [{}, { colorScheme: "dark", viewport: PHONE }, { locale: "zh-CN" }] as const) {
      await using visit = await world.visit(visitor);
      await visit.open("/");
      await visit.page.getByRole("main").waitFor();
      assert.match(await visit.page.title(), /Cairn/);
      await visit.checkAccess();
    }
  });

  it("is found by a deep link, and goes on without loading anew", world.needs, async () => {
    await using visit = await world.visit();
    await visit.open("/models");
    await visit.page.getByRole("main").waitFor();
    assert.equal(new URL(visit.page.url()).pathname, "/models");
  });

  it("may run no script and no style that is not a file of the server", world.needs, async () => {
    await using visit = await world.visit({ expect: [/Content Security Policy|policy/i] });
    await visit.open("/");
    const ran = await visit.page.evaluate(async () => {
      const scope = window as unknown as { ran?: string };
      const script = document.createElement("script");
      script.textContent = "window.ran = 'inline'";
      document.body.append(script);
      const style = document.createElement("style");
      style.textContent = "body { color: rgb(1, 2, 3) }";
      document.head.append(style);
      document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.ran = `handler`">');
      await new Promise((resolve) => setTimeout(resolve, 200));
      return [scope.ran, getComputedStyle(document.body).color];
    });
    assert.equal(ran[0], undefined);
    assert.notEqual(ran[1], "rgb(1, 2, 3)");
  });
});
