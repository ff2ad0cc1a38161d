import { server } from "../../lib/server.ts";
import { fileWire } from "./file-wire.ts";
import type { FileWire } from "./send-file.ts";

/** A file of a draft. */
export function versionWire(
  { model, number }: { readonly model: number; readonly number: number },
  path: string,
  contentType: string,
): FileWire {
  const options = contentType === "" ? {} : { contentType };
  return fileWire({ model, number }, { model, number, path, ...options }, (digest) =>
    server.versionFiles.link(model, number, path, digest, options),
  );
}
