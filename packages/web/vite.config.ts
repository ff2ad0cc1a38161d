import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where a page under development finds its server: `npm start` beside it. */
const SERVER = "http://127.0.0.1:4600";

/** The page is served below any prefix: assets are named relative to `<base>`, which the server fills in. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react()],
  build: {
    outDir: "dist",
    target: "es2023",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
  server: {
    proxy: Object.fromEntries(["/api", "/ajax-api", "/docs", "/pages"].map((path) => [path, { target: SERVER }])),
  },
});
