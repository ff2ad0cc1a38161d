import { notFound, type Artifact as Revision } from "@cairn/core";
import { sourceOf, uploadFile } from "../../upload.ts";
import { contentOf, type Plot, payloadOf } from "./content.ts";
import type { KerasContext } from "./context.ts";

/** Something that a model's training left. Its fields are those of the revision that it was when it was read. */
export interface Artifact {
  /** The id of the model that it hangs on. */
  readonly parent: string;
  /** Where its file lies among the model's files. */
  readonly path: string;
  readonly timestamp: Date;
  readonly descriptor: string;
  readonly contentType: string | null;
  /** Bytes. */
  readonly size: number;
  readonly revision: number;
  /**
   * What was kept: the value, or the bytes of a picture or any other file. Loaded once, however often it is asked for.
   * An object is decoded here, in this process; nothing in it is run.
   */
  readonly payload: Promise<unknown>;
  /**
   * Keeps another content under the same path: the next revision, the old one stays. What was a picture becomes one
   * again unless `plot` says otherwise.
   */
  replace(value: unknown, options?: { readonly plot?: Plot; readonly descriptor?: string }): Promise<Artifact>;
  /** All revisions, the oldest first. */
  revisions(): Promise<readonly Artifact[]>;
  delete(): Promise<void>;
}

export function createArtifact(context: KerasContext, parent: string, from: Revision): Artifact {
  const { client } = context;
  let current = from;
  let payload: Promise<unknown> | undefined;
  const load = async () => {
    const content = await client.artifacts.find(parent, current.path, current.revision);
    if (content !== undefined) return payloadOf(content);
    throw notFound(`The artifact '${current.path}' of model '${parent}' is gone.`, { run: parent, path: current.path });
  };
  const artifact: Artifact = {
    parent,
    path: from.path,
    get timestamp() {
      return new Date(current.at);
    },
    get descriptor() {
      return current.descriptor ?? "";
    },
    get contentType() {
      return current.contentType;
    },
    get size() {
      return current.size;
    },
    get revision() {
      return current.revision;
    },
    get payload() {
      if (payload === undefined) {
        const loading = load();
        payload = loading;
        // A failure is not kept: the next access tries again.
        loading.catch(() => {
          if (payload === loading) payload = undefined;
        });
      }
      return payload;
    },
    async replace(value, { plot = plotOf(current), descriptor = current.descriptor ?? undefined } = {}) {
      const { bytes, contentType } = await contentOf(value, plot);
      current = await uploadFile(client, parent, from.path, sourceOf(bytes), { contentType, descriptor });
      payload = undefined;
      return artifact;
    },
    revisions: async () =>
      (await client.artifacts.revisions(parent, from.path))
        .toSorted((a, b) => a.revision - b.revision)
        .map((revision) => createArtifact(context, parent, revision)),
    async delete() {
      await client.artifacts.delete(parent, from.path);
    },
  };
  return Object.freeze(artifact);
}

function plotOf({ contentType }: Revision): Plot {
  if (contentType === "image/png") return "png";
  return contentType === "image/svg+xml" ? "svg" : false;
}
