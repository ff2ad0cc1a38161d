import { useNavigate } from "@tanstack/react-router";
import { setPreferences } from "../../lib/preferences.ts";
import { SERVER_URL } from "../../lib/server.ts";
import { useTexts } from "../../lib/texts.ts";
import { appTexts } from "../texts.ts";
import { paletteTexts } from "./texts.ts";

export interface Command {
  readonly label: string;
  readonly run: () => void;
}

/** Where one can go, and what one can do, from anywhere. */
export function useCommands(onShowKeys: () => void): { places: readonly Command[]; commands: readonly Command[] } {
  const app = useTexts(appTexts);
  const t = useTexts(paletteTexts);
  const navigate = useNavigate();
  return {
    places: [
      { label: app.home, run: () => void navigate({ to: "/" }) },
      { label: app.tracker, run: () => void navigate({ to: "/tracker" }) },
      { label: app.models, run: () => void navigate({ to: "/models" }) },
      { label: app.files, run: () => void navigate({ to: "/files" }) },
      { label: t.api, run: () => location.assign(`${SERVER_URL}/docs`) },
    ],
    commands: [
      { label: t.keys, run: onShowKeys },
      { label: t.themeLight, run: () => setPreferences({ theme: "light" }) },
      { label: t.themeDark, run: () => setPreferences({ theme: "dark" }) },
      { label: t.themeSystem, run: () => setPreferences({ theme: "system" }) },
      { label: t.english, run: () => setPreferences({ language: "en" }) },
      { label: t.chinese, run: () => setPreferences({ language: "zh" }) },
    ],
  };
}
