import { fileNameOf, saveFile } from "../../lib/save-file.ts";
import { chartCsv } from "./chart-csv.ts";
import { createCanvasPen, createSvgPen } from "./pen.ts";
import type { PlotPicture } from "./plot.ts";
import { savedChart } from "./saved-chart.ts";

export type ChartFile = "png" | "svg" | "csv";

/** For slides and papers: three pixels each way for one. */
const DENSITY = 3;

/** Saves what a chart shows. @returns the file's name */
export async function saveChart(picture: PlotPicture, title: string, form: ChartFile): Promise<string> {
  const name = fileNameOf(title, form);
  saveFile(name, await contentOf(picture, title, form));
  return name;
}

async function contentOf(picture: PlotPicture, title: string, form: ChartFile): Promise<Blob> {
  if (form === "csv") return new Blob([chartCsv(picture)], { type: "text/csv;charset=utf-8" });
  const { width, height, draw } = savedChart(picture, title);
  const { paper } = picture.scene.palette;
  if (form === "svg") {
    const pen = createSvgPen(width, height, paper);
    draw(pen);
    return new Blob([pen.take()], { type: "image/svg+xml" });
  }
  const surface = new OffscreenCanvas(width * DENSITY, height * DENSITY);
  const context = surface.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw on.");
  context.scale(DENSITY, DENSITY);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  draw(createCanvasPen(context));
  return surface.convertToBlob({ type: "image/png" });
}
