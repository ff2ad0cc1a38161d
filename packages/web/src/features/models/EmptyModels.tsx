import { Box } from "lucide-react";
import { SERVER_URL } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { registerSnippets } from "../../parts/snippets/model-snippets.ts";
import { Snippets } from "../../parts/snippets/Snippets.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { modelTexts } from "./texts.ts";

/** No model yet: how the first one comes about, as code that works when it is pasted. */
export function EmptyModels() {
  const t = useTexts(modelTexts);
  return (
    <EmptyState title={t.noModels} icon={<Box size={28} aria-hidden />}>
      <p>{t.noModelsText}</p>
      <Snippets items={registerSnippets(SERVER_URL)} />
    </EmptyState>
  );
}
