import type { ModelImage, Project } from "@cairn/client/rorodata";
import { isTrackerError, parseModelRef, parseVersionNumber, TrackerError } from "@cairn/core";
import { cell } from "./print.ts";

/** The image that `NAME`, `NAME:3` or `NAME:tag` names. @throws not_found with `Invalid model reference`. */
export async function findImage(project: Project, text: string): Promise<ModelImage> {
  try {
    const { name, ref } = parseModelRef(text);
    const version = parseVersionNumber(ref);
    const selector = version === undefined ? { tag: ref } : { version };
    return await project.getModelRepository(name).getModelImage(selector);
  } catch (error) {
    if (!isTrackerError(error) || !["not_found", "invalid"].includes(error.code)) throw error;
    const reason = error.message.startsWith("Invalid model reference")
      ? "write NAME, NAME:3 or NAME:tag."
      : error.message;
    throw new TrackerError("not_found", `Invalid model reference '${cell(text, 80)}': ${reason}`, {}, { cause: error });
  }
}
