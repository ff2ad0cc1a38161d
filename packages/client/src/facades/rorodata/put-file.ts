import { type ArtifactOptions, isTrackerError, type Services, type VersionKey } from "@cairn/core";
import { pause, retryDelay } from "../../transport.ts";
import type { Source } from "../../upload.ts";

const MAX_TRIES = 5;

/** Stores a file of a draft; bytes that the server has already are not sent. Goes on after a broken connection. */
export async function putFile(
  { versionFiles }: Pick<Services, "versionFiles">,
  { model, number }: VersionKey,
  path: string,
  source: Source,
  options: ArtifactOptions,
): Promise<void> {
  const digest = await source.digest();
  for (let attempt = 0; ; attempt++) {
    try {
      const linked = digest === undefined ? undefined : await versionFiles.link(model, number, path, digest, options);
      if (linked === undefined) await versionFiles.write(model, number, path, source.slice(0, source.size), options);
      return;
    } catch (error) {
      const isPassing = isTrackerError(error) && (error.code === "unavailable" || error.code === "rate_limited");
      if (!isPassing || attempt >= MAX_TRIES) throw error;
      await pause(retryDelay(attempt, error));
    }
  }
}
