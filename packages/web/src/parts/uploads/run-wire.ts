import { server } from "../../lib/server.ts";
import { fileWire } from "./file-wire.ts";
import type { FileWire } from "./send-file.ts";

/** A file of a run. */
export function runWire(run: string, path: string, contentType: string): FileWire {
  const options = contentType === "" ? {} : { contentType };
  return fileWire({ run }, { run, path, ...options }, (digest) => server.artifacts.link(run, path, digest, options));
}
