import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useKeys } from "../lib/keys.ts";
import { setPreferences, usePreferences } from "../lib/preferences.ts";
import { useTexts } from "../lib/texts.ts";
import { KeySheet } from "./KeySheet.tsx";
import { onPaletteAsked } from "./palette-door.ts";
import { appTexts } from "./texts.ts";

const Palette = lazy(() => import("./palette/Palette.tsx"));

/** What lies above every screen when it is called: the palette and the sheet of keys; and the keys that work everywhere. */
export function Overlays() {
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  const { theme } = usePreferences();
  const [shown, setShown] = useState<"palette" | "keys">();
  const [wasPaletteShown, setPaletteShown] = useState(false);
  const openPalette = () => {
    setPaletteShown(true);
    setShown("palette");
  };
  useEffect(() => onPaletteAsked(openPalette));
  const toggleTheme = () => {
    const isDark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
    setPreferences({ theme: isDark ? "light" : "dark" });
  };
  const showKeys = () => setShown("keys");
  useKeys(
    t.everywhere,
    {
      "mod+k": { label: t.searchKey, run: openPalette, isEverywhere: true },
      "?": { label: t.keys, run: showKeys },
      "mod+/": { label: t.keys, run: showKeys, isEverywhere: true },
      "alt+m": { label: t.themeKey, run: toggleTheme },
      "g h": { label: t.home, run: () => void navigate({ to: "/" }) },
      "g t": { label: t.tracker, run: () => void navigate({ to: "/tracker" }) },
      "g m": { label: t.models, run: () => void navigate({ to: "/models" }) },
      "g f": { label: t.files, run: () => void navigate({ to: "/files" }) },
    },
    "outermost",
  );
  return (
    <>
      {wasPaletteShown && (
        <Suspense>
          <Palette isOpen={shown === "palette"} onClose={() => setShown(undefined)} onShowKeys={showKeys} />
        </Suspense>
      )}
      <KeySheet isOpen={shown === "keys"} onClose={() => setShown(undefined)} />
    </>
  );
}
