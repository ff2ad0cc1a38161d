import { getCurrentProject } from "@cairn/client/rorodata";
import { connect } from "../connect.ts";
import { findImage } from "../find-image.ts";
import { printJson } from "../print.ts";
import { printImage } from "./models-log.ts";

export async function showModel(
  url: string | undefined,
  text: string,
  flags: { readonly json?: boolean },
): Promise<void> {
  const project = await getCurrentProject({ client: connect(url) });
  const image = await findImage(project, text);
  if (!flags.json) return printImage(image.getDetails());
  const files = async (list: ReturnType<typeof image.getAttachments>) =>
    (await list).map(({ filename, size, checksum }) => ({ filename, size, checksum }));
  printJson({
    ...image.getMetadata(),
    files: await files(image.getModelFiles()),
    attachments: await files(image.getAttachments()),
  });
}
