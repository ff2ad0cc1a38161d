import { buildPage } from "../../tests/support/built-page.ts";
import type { Bench } from "../support/bench.ts";
import { measureCharts } from "../support/page/measure-charts.ts";
import { measureLive } from "../support/page/measure-live.ts";
import { measureLoad } from "../support/page/measure-load.ts";
import { measureTable } from "../support/page/measure-table.ts";
import { openBrowser } from "../support/page/open-browser.ts";
import { startServer } from "../support/servers.ts";

/** The web page in a real Chromium, beside what it promises. */
export const page: Bench = {
  name: "page",
  summary: "the web page in Chromium: first load, tables of 10 k and 100 k runs, a page of charts, live charts",
  async run({ quick, say }) {
    await buildPage();
    await using browser = await openBrowser();
    await using server = await startServer();
    return [
      ...(await measureLoad(browser, server.url)),
      ...(await measureTable(browser, quick ? 1000 : 10_000, { quick, say })),
      ...(quick ? [] : await measureTable(browser, 100_000, { quick, say })),
      ...(await measureCharts(browser, { quick, say })),
      ...(await measureLive(browser, { quick, say })),
    ];
  },
};
