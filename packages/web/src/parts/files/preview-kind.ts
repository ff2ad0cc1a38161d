/**
 * How a file is shown. `unknown`: only its bytes tell whether it is text. `page` is HTML and `drawing` SVG: both are shown
 * in a frame in which nothing runs.
 */
export type PreviewKind = "text" | "json" | "table" | "markdown" | "image" | "page" | "drawing" | "binary" | "unknown";

const byExtension = new Map<string, PreviewKind>(
  (
    [
      ["json", "json ipynb geojson"],
      ["table", "csv tsv"],
      ["markdown", "md markdown"],
      ["image", "png jpg jpeg gif webp avif bmp ico apng"],
      ["page", "html htm xhtml"],
      ["drawing", "svg"],
      [
        "text",
        "txt log err out cfg conf cnf cf ini properties prop toml yaml yml xml jsonl ndjson js mjs cjs jsx tsx py pyi sh sql ts r rst tex c cc cpp h hpp cu java go rs rb diff patch env lock css",
      ],
      [
        "binary",
        "bin pt pth ckpt onnx safetensors gguf h5 hdf5 pb tflite npy npz pkl pickle joblib parquet arrow feather zip gz bz2 xz zst tar 7z pdf mp3 mp4 wav ogg mov webm so dll exe whl wasm woff woff2 tif tiff object",
      ],
    ] as const
  ).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind] as const)),
);

/**
 * By the name, which people see, before the type, which they do not.
 *
 * @example
 * previewKind("plots/loss.png", null); // "image"
 * previewKind("notes", "text/markdown; charset=utf-8"); // "markdown"
 */
export function previewKind(path: string, contentType: string | null): PreviewKind {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const dot = name.lastIndexOf(".");
  const named = dot < 0 ? undefined : byExtension.get(name.slice(dot + 1));
  return named ?? typedKind((contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "");
}

function typedKind(type: string): PreviewKind {
  if (type === "image/svg+xml") return "drawing";
  if (/^image\/(?:png|jpeg|gif|webp|avif|bmp|apng)$/.test(type)) return "image";
  if (type === "text/html" || type === "application/xhtml+xml") return "page";
  if (type === "text/markdown") return "markdown";
  if (type === "text/csv" || type === "text/tab-separated-values") return "table";
  if (type === "application/json" || type.endsWith("+json")) return "json";
  if (type.startsWith("text/")) return "text";
  return "unknown";
}
