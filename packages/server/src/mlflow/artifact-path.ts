import { type ArtifactPath, clip, isTrackerError, parseArtifactPath } from "@cairn/core";
import { decodeFully } from "./checks.ts";
import { invalidValue, type WireError } from "./errors.ts";

/**
 * A path as MLflow's clients send it, once decoded by HTTP: undone of every further encoding, then parsed by core's rule.
 * @throws WireError `Invalid path '…': …` for traversal, absolute paths, drive letters, backslashes, `#`, control characters.
 */
export function readArtifactPath(text: string): ArtifactPath {
  const decoded = decodeFully(text);
  if (decoded === undefined) throw invalidPath(text, "it is percent-encoded more than ten times");
  if (decoded.includes("#")) throw invalidPath(decoded, "it has a '#'");
  if (decoded.toLowerCase().startsWith("file:")) throw invalidPath(decoded, "it is a URI");
  try {
    return parseArtifactPath(decoded);
  } catch (error) {
    if (isTrackerError(error) && error.code === "invalid") throw invalidValue(error.message);
    throw error;
  }
}

/** MLflow says the first two words alone, which its clients may look for. */
export function invalidPath(path: string, reason: string): WireError {
  return invalidValue(`Invalid path '${clip(path)}': ${reason}. Give a relative path such as 'plots/loss.png'.`);
}

/** The same, where nothing, "" and "." mean the root. */
export function readFolderPath(text: string | undefined): ArtifactPath | "" {
  return text === undefined || text === "" || text === "." ? "" : readArtifactPath(text);
}
