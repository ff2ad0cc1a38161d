/** Lets the browser save `content` under `name`. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has opened it when the click returns, but some read it a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A file name that every system takes, from any text. */
export function fileNameOf(text: string, extension: string): string {
  const name = text
    .replace(/[^\p{L}\p{N}_.-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80);
  return `${name === "" ? "cairn" : name}.${extension}`;
}
