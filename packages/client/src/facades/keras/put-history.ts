import { encodeObject } from "../../objects/encode-object.ts";
import { OBJECT_TYPE } from "../../objects/object-format.ts";
import { sourceOf, uploadFile } from "../../upload.ts";
import type { KerasContext } from "./context.ts";
import { readHistory } from "./history.ts";

const PATH = "artifacts/history.object";

/** Keeps the whole record's history as an artifact; training again makes its next revision. */
export async function putHistory(context: KerasContext, run: string): Promise<void> {
  const bytes = encodeObject((await readHistory(context, run)) ?? {});
  await uploadFile(context.client, run, PATH, sourceOf(bytes), { contentType: OBJECT_TYPE, descriptor: "history" });
}
