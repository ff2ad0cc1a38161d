import type { HtmlTagDescriptor, Plugin } from "vite";

/**
 * Which chunk an address needs. The patterns meet the path below the page's prefix, with its query.
 */
const SCREENS: readonly (readonly [pattern: string, module: string])[] = [
  ["^$|^\\?", "/features/home/HomePage.tsx"],
  ["^experiments/", "/features/experiment/ExperimentPage.tsx"],
  ["^experiments/(?!.*[?&]tab=table)", "/features/experiment/ChartsPane.tsx"],
  ["^runs/", "/features/run/RunPage.tsx"],
  ["^compare", "/features/compare/ComparePage.tsx"],
  ["^tracker", "/features/tracker/TrackerPage.tsx"],
];

const FONT = /inter-latin-wght-normal-.*\.woff2$/;

/**
 * Tells the page which files the screen at its address is made of, so that `before-paint.js` can ask for them at once: else
 * they are found only when the router has run, after everything before it was loaded and compiled.
 */
export function preloadScreens(): Plugin {
  return {
    name: "preload-screens",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [file] : []));
        // Found by the styles only once there is text to set, which is then laid out twice.
        const font = Object.keys(bundle).find((name) => FONT.test(name));
        if (font === undefined) throw new Error("the page's typeface is no file of its own");
        const attrs = { rel: "preload", as: "font", type: "font/woff2", href: `./${font}`, crossorigin: "" };
        const fontTag: HtmlTagDescriptor = { tag: "link", attrs, injectTo: "head" };
        const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const screens = SCREENS.map(([pattern, module]): HtmlTagDescriptor => {
          const screen = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
          if (screen === undefined) throw new Error(`${module} is no chunk of its own`);
          const files = new Set<string>();
          const add = (name: string) => {
            const chunk = byName.get(name);
            if (chunk === undefined || html.includes(name) || files.has(name)) return;
            files.add(name);
            for (const style of chunk.viteMetadata?.importedCss ?? []) if (!html.includes(style)) files.add(style);
            for (const next of chunk.imports) add(next);
          };
          add(screen.fileName);
          const attrs = { name: "screen", content: pattern, "data-files": [...files].join(" ") };
          return { tag: "meta", attrs, injectTo: "head-prepend" };
        });
        return [...screens, fontTag];
      },
    },
  };
}
