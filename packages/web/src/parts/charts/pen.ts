export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly alpha?: number | undefined;
  /** Lengths of line and gap; solid when left out. */
  readonly dash?: readonly number[] | undefined;
}

export interface Fill {
  readonly colour: string;
  readonly alpha?: number | undefined;
}

export interface TextStyle {
  readonly colour: string;
  readonly size: number;
  readonly align: "left" | "center" | "right";
  readonly isBold?: boolean | undefined;
}

/** What charts are drawn with: a canvas on the page, an SVG file when saved. A path is kept until the next `begin`. */
export interface Pen {
  begin(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  /** A whole circle, as a part of the path. */
  circle(x: number, y: number, radius: number): void;
  close(): void;
  stroke(style: Stroke): void;
  fill(style: Fill): void;
  /** @param y of the middle of the letters */
  text(text: string, x: number, y: number, style: TextStyle): void;
  /** What `draw` draws is seen only within the rectangle. */
  within(left: number, top: number, width: number, height: number, draw: () => void): void;
}

const FONT = '"Inter Variable", system-ui, sans-serif';

export function createCanvasPen(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D): Pen {
  context.lineJoin = "round";
  return {
    begin: () => context.beginPath(),
    moveTo: (x, y) => context.moveTo(x, y),
    lineTo: (x, y) => context.lineTo(x, y),
    circle(x, y, radius) {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    },
    close: () => context.closePath(),
    stroke({ colour, width, alpha = 1, dash = [] }) {
      context.globalAlpha = alpha;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(dash as number[]);
      context.stroke();
    },
    fill({ colour, alpha = 1 }) {
      context.globalAlpha = alpha;
      context.fillStyle = colour;
      context.fill();
    },
    text(text, x, y, { colour, size, align, isBold }) {
      context.globalAlpha = 1;
      context.fillStyle = colour;
      context.font = `${isBold ? "600 " : ""}${size}px ${FONT}`;
      context.textAlign = align;
      context.textBaseline = "middle";
      context.fillText(text, x, y);
    },
    within(left, top, width, height, draw) {
      context.save();
      context.beginPath();
      context.rect(left, top, width, height);
      context.clip();
      draw();
      context.restore();
    },
  };
}

/** Draws into an SVG file; `take` gives its text. */
export function createSvgPen(width: number, height: number, paper: string): Pen & { take(): string } {
  const parts: string[] = [];
  let path: string[] = [];
  let clips = 0;
  const n = (value: number) => String(Math.round(value * 100) / 100);
  return {
    begin() {
      path = [];
    },
    moveTo: (x, y) => void path.push(`M${n(x)} ${n(y)}`),
    lineTo: (x, y) => void path.push(`L${n(x)} ${n(y)}`),
    circle(x, y, radius) {
      const r = n(radius);
      path.push(
        `M${n(x + radius)} ${n(y)}A${r} ${r} 0 1 1 ${n(x - radius)} ${n(y)}A${r} ${r} 0 1 1 ${n(x + radius)} ${n(y)}`,
      );
    },
    close: () => void path.push("Z"),
    stroke({ colour, width: line, alpha = 1, dash }) {
      const dashes = dash === undefined || dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
      parts.push(
        `<path d="${path.join("")}" fill="none" stroke="${escapeXml(colour)}" stroke-width="${n(line)}" stroke-opacity="${alpha}" stroke-linejoin="round"${dashes}/>`,
      );
    },
    fill: ({ colour, alpha = 1 }) =>
      void parts.push(`<path d="${path.join("")}" fill="${escapeXml(colour)}" fill-opacity="${alpha}"/>`),
    text(text, x, y, { colour, size, align, isBold }) {
      const anchor = align === "left" ? "start" : align === "right" ? "end" : "middle";
      parts.push(
        `<text x="${n(x)}" y="${n(y)}" fill="${escapeXml(colour)}" font-size="${size}" text-anchor="${anchor}" dominant-baseline="central"${isBold ? ' font-weight="600"' : ""}>${escapeXml(text)}</text>`,
      );
    },
    within(left, top, clipWidth, clipHeight, draw) {
      const id = `within${++clips}`;
      parts.push(
        `<clipPath id="${id}"><rect x="${n(left)}" y="${n(top)}" width="${n(clipWidth)}" height="${n(clipHeight)}"/></clipPath><g clip-path="url(#${id})">`,
      );
      draw();
      parts.push("</g>");
    },
    take: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" font-family="Inter, system-ui, sans-serif"><rect width="100%" height="100%" fill="${escapeXml(paper)}"/>${parts.join("")}</svg>\n`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text that means itself in XML; signs that XML cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
