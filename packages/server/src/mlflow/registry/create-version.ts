import type { Version } from "@cairn/core";
import type { Decoded } from "../proto/message.ts";
import type * as messages from "../proto/registry-messages.ts";
import type { Call } from "../route.ts";
import { noteVersion } from "./checkpoint-source.ts";
import { getModel } from "./find.ts";
import { checkModelName, readTags } from "./names.ts";
import { isPrompt } from "./prompts.ts";
import { checkPromptSource, downloadUri, type Origin, readSource, STORAGE } from "./sources.ts";

/**
 * A version is sealed when it is made: with the files of its source if that is ours, so that they stay whatever becomes of
 * the run; else with the URI alone.
 */
export async function createVersion(call: Call, message: Decoded<typeof messages.createVersion>): Promise<Version> {
  const { services } = call;
  const { source, run_id: run = "", model_id: checkpoint = "" } = message;
  const name = checkModelName(message.name);
  const tags = readTags(message.tags);
  const isOfPrompt = isPrompt(tags);
  if (isOfPrompt) checkPromptSource(source);
  const origin = isOfPrompt ? undefined : await readSource(call, source, run);
  const model = await getModel(services, name);
  const given = {
    state: "sealed" as const,
    source,
    tags,
    comment: message.description ?? "",
    link: message.run_link || null,
  };
  if (origin?.kind === "version") {
    const { version } = origin;
    return services.versions.copy(version.model, version.number, {
      ...given,
      to: model.id,
      run: run || undefined,
      checkpoint: checkpoint || undefined,
      metadata: version.files > 0 ? undefined : { ...version.metadata, [STORAGE]: downloadUri(version) },
    });
  }
  const made = await services.versions.create(model.id, {
    ...given,
    run: run || (origin?.kind === "checkpoint" ? origin.run : null),
    checkpoint: checkpoint || checkpointOf(source, origin),
    from:
      origin === undefined
        ? undefined
        : origin.kind === "run"
          ? { run: origin.run, folder: origin.folder }
          : origin.from,
    // Files that we have not got stay where the checkpoint says.
    metadata: origin?.kind === "checkpoint" && origin.from === undefined ? { [STORAGE]: origin.location } : undefined,
  });
  if (made.checkpoint !== null) await noteVersion(call, made.checkpoint, made);
  return made;
}

/** `models:/m-…` names the checkpoint, though the request may not. */
function checkpointOf(source: string, origin: Origin | undefined): string | null {
  return origin?.kind === "checkpoint" ? origin.id : (/^models:\/(m-[\w-]{1,64})$/.exec(source)?.[1] ?? null);
}
