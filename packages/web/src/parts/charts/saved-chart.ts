import { drawChart, tracePhase } from "./draw-chart.ts";
import type { Pen } from "./pen.ts";
import { type PlotPicture, phasesOf } from "./plot.ts";
import { buildScene, type Scene } from "./scene.ts";

const WIDTH = 1000;
const PLOT_HEIGHT = 480;
const TITLE = 40;
const ROW = 20;
const ENTRY_WIDTH = 240;
/** A legend longer than this would be longer than the chart. */
const MOST_ENTRIES = 48;

export interface SavedChart {
  readonly width: number;
  readonly height: number;
  draw(pen: Pen): void;
}

/** A chart as it is saved: of a fixed size, with its title, and below it the name of each line. */
export function savedChart({ scene, lines, axis, locale }: PlotPicture, title: string): SavedChart {
  const phases = phasesOf(lines.map(({ series }) => series));
  const entries = lines.slice(0, MOST_ENTRIES).map(({ series }, index) => ({
    name: phases.length > 1 && series.phase !== null ? `${series.run.name} · ${series.phase}` : series.run.name,
    drawn: scene.lines[index],
  }));
  const columns = Math.floor((WIDTH - 40) / ENTRY_WIDTH);
  const rows = Math.ceil(entries.length / columns);
  const height = TITLE + PLOT_HEIGHT + rows * ROW + 24;
  const plot: Scene = buildScene({
    ...{ width: WIDTH, height: TITLE + PLOT_HEIGHT, insetTop: TITLE, axis, locale },
    lines: scene.lines,
    isLog: scene.y.isLog,
    xRange: [scene.x.from, scene.x.to],
    yRange: [scene.y.from, scene.y.to],
    palette: scene.palette,
  });
  return {
    width: WIDTH,
    height,
    draw(pen) {
      pen.text(title, 16, 22, { colour: scene.palette.ink, size: 16, align: "left", isBold: true });
      drawChart(pen, plot);
      for (const [index, { name, drawn }] of entries.entries()) {
        if (drawn === undefined) continue;
        const x = 20 + (index % columns) * ENTRY_WIDTH;
        const y = TITLE + PLOT_HEIGHT + 18 + Math.floor(index / columns) * ROW;
        pen.begin();
        pen.moveTo(x, y);
        pen.lineTo(x + 22, y);
        pen.stroke({ colour: drawn.colour, width: 2, dash: drawn.dash === "solid" ? [] : [5, 3] });
        if (drawn.marker > 0) {
          tracePhase(pen, drawn.marker, x + 11, y);
          pen.fill({ colour: scene.palette.paper });
          pen.stroke({ colour: drawn.colour, width: 1.5 });
        }
        pen.within(x, y - ROW / 2, ENTRY_WIDTH - 12, ROW, () =>
          pen.text(name, x + 30, y, { colour: scene.palette.soft, size: 12, align: "left" }),
        );
      }
    },
  };
}
