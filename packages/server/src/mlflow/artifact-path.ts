import { type ArtifactPath, isTrackerError, parseArtifactPath } from "@cairn/core";
import { decodeFully } from "./checks.ts";
import { invalidValue } from "./errors.ts";

/**
 * A path as MLflow's clients send it, once decoded by HTTP: undone of every further encoding, then parsed by core's rule.
 * @throws WireError `Invalid path` for traversal, absolute paths, drive letters, backslashes, `#`, control characters.
 */
export function readArtifactPath(text: string): ArtifactPath {
  const decoded = decodeFully(text);
  if (decoded === undefined || decoded.includes("#") || decoded.toLowerCase().startsWith("file:")) {
    throw invalidValue("Invalid path");
  }
  try {
    return parseArtifactPath(decoded);
  } catch (error) {
    if (isTrackerError(error) && error.code === "invalid") throw invalidValue("Invalid path");
    throw error;
  }
}

/** The same, where nothing, "" and "." mean the root. */
export function readFolderPath(text: string | undefined): ArtifactPath | "" {
  return text === undefined || text === "" || text === "." ? "" : readArtifactPath(text);
}
