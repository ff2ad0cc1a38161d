import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createFigure, renderPng } from "./figure.ts";

const lines = { loss: [0.9, 0.5, 0.3], acc: [0.2, Number.NaN, 0.8] };
const chart = (title: string, of: Readonly<Record<string, readonly number[]>> = lines) => ({
  title,
  xLabel: "epoch",
  yLabel: "value",
  lines: of,
  emptyText: "no history",
});

describe("a figure", () => {
  it("shows titles, the axes' names and the legend", async () => {
    const svg = await createFigure([chart("first"), chart("second")]).toSvg();
    for (const text of ["first", "second", "epoch", "value", "loss", "acc"]) {
      assert.match(svg, new RegExp(`>${text} *</text>`));
    }
  });

  it("draws what users wrote as text, not as markup", async () => {
    const svg = await createFigure([chart('<script>"&</script>', { "<b>": [1, 2] })]).toSvg();
    assert.ok(!svg.includes("<script>") && !svg.includes("<b>"));
    assert.ok(svg.includes("&lt;script&gt;") || svg.includes("&#60;script"));
  });

  for (const count of [0, 1, 2, 5]) {
    it(`of ${count} charts has a place for each`, async () => {
      const figure = createFigure(Array.from({ length: count }, (_, i) => chart(`chart ${i}`)));
      const svg = await figure.toSvg();
      for (let i = 0; i < count; i++) assert.ok(svg.includes(`chart ${i}`));
      if (count === 0) assert.ok(svg.includes("no models to plot"));
      assert.match(svg, new RegExp(`width="${figure.width}" height="${figure.height}"`));
    });
  }

  // Long names ran into each other, and a legend of many lines into the charts.
  it("keeps the names of many lines apart from each other and above the charts", async () => {
    const names = Array.from({ length: 31 }, (_, i) => `quite a long name for a model ${i} · 0a1b2c`);
    const svg = await createFigure([chart("title", Object.fromEntries(names.map((name) => [name, [1, 2]])))]).toSvg();
    const placeOf = (text: string) => {
      const [, x, y] = new RegExp(`translate\\((\\S+) (\\S+)\\)" [^<]*>${text} *</text>`).exec(svg) ?? [];
      return { x: Number(x), y: Number(y) };
    };
    const places = names.map(placeOf);
    assert.ok(Math.max(...places.map(({ y }) => y)) + 12 < placeOf("title").y);
    for (const [i, { x, y }] of places.entries()) {
      const next = places[i + 1];
      // DejaVu Sans, the widest of the fonts, takes 6.4 px a letter at this size.
      if (next?.y === y) assert.ok(next.x - x > 27 + (names[i]?.length ?? 0) * 6.4, names[i]);
    }
  });

  it("says where there is nothing to draw", async () => {
    assert.ok((await createFigure([chart("empty", {})]).toSvg()).includes("no history"));
    assert.ok(!(await createFigure([chart("full")]).toSvg()).includes("no history"));
  });

  it("takes a value that is no number as a gap, and a single one as a dot", async () => {
    await createFigure([chart("all gone", { loss: [Number.NaN, Number.POSITIVE_INFINITY] })]).toSvg();
    const dot = await createFigure([chart("one", { loss: [0.5] })]).toSvg();
    assert.notEqual(dot, await createFigure([chart("one", { loss: [] })]).toSvg());
  });

  it("gives one name one colour in all charts", () => {
    const { option } = createFigure([chart("a", { x: [1], y: [1] }), chart("b", { y: [2] })]);
    const series = option.series as { name: string; color: string }[];
    assert.deepEqual(
      series.map(({ name }) => name),
      ["x", "y", "y"],
    );
    assert.equal(series[1]?.color, series[2]?.color);
    assert.notEqual(series[0]?.color, series[1]?.color);
  });

  it("becomes a PNG of twice its width, or of the width asked for", async () => {
    const figure = createFigure([chart("picture")], { width: 400 });
    assert.deepEqual(sizeOf(await figure.toPng()), [800, figure.height * 2]);
    assert.deepEqual(sizeOf(await figure.toPng({ scale: 1 })), [400, figure.height]);
    await assert.rejects(() => renderPng("no picture", 100));
  });
});

/** Width and height stand in the header of every PNG. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}
