import type { UploadMemory } from "./send-file.ts";

const KEY = "cairn.uploads";
/** The oldest are forgotten first; the server forgets abandoned uploads too. */
const MAX_KEPT = 200;

type Kept = Readonly<Record<string, string>>;

function read(): Kept {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

/**
 * By which upload a file was going, kept in this browser so that the same file, dropped again after the page was closed,
 * goes on where it was. A file is the same by where it goes, its size, and when it was changed.
 */
export function uploadMemory(target: string, file: Pick<File, "size" | "lastModified">): UploadMemory {
  const name = `${target} ${file.size} ${file.lastModified}`;
  return {
    find: () => read()[name],
    keep: (id) => {
      const { [name]: _, ...others } = read();
      const entries = Object.entries(id === undefined ? others : { ...others, [name]: id }).slice(-MAX_KEPT);
      try {
        localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(entries)));
      } catch {
        // Without storage it goes on within this page only.
      }
    },
  };
}
