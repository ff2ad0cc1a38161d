import { TrackerError } from "@cairn/core";
import type { EChartsOption } from "echarts";
import { buildOption } from "./build-option.ts";
import type { Chart } from "./chart.ts";

/** Charts one below or beside the other, not drawn yet. */
export interface Figure {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly charts: readonly Chart[];
  /** What a page gives to `chart.setOption` to show it live. */
  readonly option: EChartsOption;
  toSvg(): Promise<string>;
  /** @param scale of the pixels: 2, the default, is sharp on every screen. @throws unsupported where no renderer is. */
  toPng(options?: { readonly scale?: number }): Promise<Uint8Array>;
}

/**
 * A figure of charts; lines of the same name have the same colour in all of them. ECharts is loaded when it is drawn.
 *
 * @param options.width of the whole figure in pixels, 1000 by default; its height follows from the charts
 *
 * @example
 * const figure = createFigure([{ title: "loss", xLabel: "epoch", yLabel: "loss", lines: { first: [0.9, 0.4] } }]);
 * await writeFile("loss.svg", await figure.toSvg());
 */
export function createFigure(charts: readonly Chart[], options: { readonly width?: number } = {}): Figure {
  const width = options.width ?? 1000;
  const { option, height } = buildOption(charts, width);
  const figure: Figure = {
    width,
    height,
    charts,
    option,
    toSvg: () => renderSvg(option, width, height),
    toPng: async ({ scale = 2 } = {}) => renderPng(await figure.toSvg(), width * scale),
  };
  return Object.freeze(figure);
}

/** @param option any ECharts option; without animation, because only the first frame would be seen. */
export async function renderSvg(option: EChartsOption, width: number, height: number): Promise<string> {
  const { init } = await import("echarts");
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ ...option, animation: false });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** @param width of the picture in pixels; the height follows. */
export async function renderPng(svg: string, width: number): Promise<Uint8Array> {
  let resvg: typeof import("@resvg/resvg-js");
  try {
    resvg = await import("@resvg/resvg-js");
  } catch (cause) {
    throw new TrackerError("unsupported", "Nothing here can draw a PNG; take the SVG.", {}, { cause });
  }
  const picture = new resvg.Resvg(svg, { fitTo: { mode: "width", value: width }, background: "white" });
  return picture.render().asPng();
}
