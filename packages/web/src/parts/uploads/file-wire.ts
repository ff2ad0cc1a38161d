import { type FileOwner, fileUrl } from "@cairn/client";
import { API_ROOT, OFFSET_HEADER } from "@cairn/contract";
import { type FinishUpload, isTrackerError, type UploadState } from "@cairn/core";
import { SERVER_URL, server } from "../../lib/server.ts";
import { sendBlob } from "./send-blob.ts";
import type { FileWire } from "./send-file.ts";

/** A file of whoever owns it. What carries bytes goes by `sendBlob`, which tells how far it is. */
export function fileWire(owner: FileOwner, target: FinishUpload, link: FileWire["link"]): FileWire {
  return {
    link,
    put: (bytes, hooks) => sendBlob("PUT", fileUrl(SERVER_URL, owner, target.path), bytes, {}, hooks),
    open: (size) => server.uploads.open(size),
    find: async (id) => {
      try {
        return await server.uploads.get(id);
      } catch (error) {
        if (isTrackerError(error) && error.code === "not_found") return undefined;
        throw error;
      }
    },
    continue: async (id, offset, bytes, hooks) => {
      const url = `${SERVER_URL}${API_ROOT}/uploads/${id}`;
      return (await sendBlob("PATCH", url, bytes, { [OFFSET_HEADER]: String(offset) }, hooks)) as UploadState;
    },
    finish: (id) => server.uploads.finish(id, target),
  };
}
