/** Weights too: floats lose less than a tenth of their size, for the time of packing them. */
const packed = new Set(
  (
    "7z aac apng avif br bz2 ckpt docx flac gif gz h5 jpeg jpg joblib keras m4a mov mp3 mp4 mpeg npz oga ogg ogv onnx " +
    "orc parquet pdf png pptx pt pth rar safetensors tgz webm webp woff woff2 xlsx xz zip zst"
  ).split(" "),
);

/** Whether a file's bytes gain nothing by being packed, by the extension of its name. */
export function isPacked(path: string): boolean {
  return packed.has(path.slice(path.lastIndexOf(".") + 1).toLowerCase());
}
