import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { preloadScreens } from "./preload-screens.ts";

/** Where a page under development finds its server: `npm start` beside it. */
const SERVER = "http://127.0.0.1:4600";

/** The page is served below any prefix: assets are named relative to `<base>`, which the server fills in. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), preloadScreens()],
  build: {
    outDir: "dist",
    target: "es2023",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split("~", 1)[0]}-[hash].js`,
        assetFileNames: ({ names }) =>
          `assets/${(names[0] ?? "").replace(/~[^.]*/, "").replace(/(\.[^.]+)$/, "-[hash]$1")}`,
        codeSplitting: {
          // Few files: each costs a request, and left alone there are fifty for a screen.
          groups: [
            { name: "shared", minShareCount: 4, priority: 2 },
            { name: "common", minShareCount: 2, priority: 1, entriesAware: true, entriesAwareMergeThreshold: 20_000 },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(["/api", "/ajax-api", "/docs", "/pages"].map((path) => [path, { target: SERVER }])),
  },
});
