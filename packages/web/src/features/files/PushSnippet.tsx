import { copyText } from "../../lib/copy-text.ts";
import { SERVER_URL } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { pushSnippet } from "../../parts/snippets/model-snippets.ts";
import { versionTexts } from "../../parts/versions/version-texts.ts";
import { Snippet } from "../../ui/Snippet.tsx";
import { filesTexts } from "./texts.ts";

/** How a folder gets into a version from the command line. */
export function PushSnippet({ name, version }: { readonly name: string; readonly version: string }) {
  const t = useTexts(filesTexts);
  const v = useTexts(versionTexts);
  return (
    <Snippet
      code={pushSnippet(SERVER_URL, name, version)}
      caption={t.commandLine}
      copyLabel={v.copy}
      copiedLabel={v.copied}
      onCopy={copyText}
    />
  );
}
