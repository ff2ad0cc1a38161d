import { useSyncExternalStore } from "react";
import { usePreferences } from "../../lib/preferences.ts";
import type { Palette } from "./scene.ts";

const system = () => matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void): () => void {
  const media = system();
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

/** Whether the page is dark now: as chosen, or as the system is. */
export function useIsDark(): boolean {
  const { theme } = usePreferences();
  const isSystemDark = useSyncExternalStore(subscribe, () => system().matches);
  return theme === "system" ? isSystemDark : theme === "dark";
}

const known = new Map<boolean, Palette>();

/** The tokens' colours for a canvas, which knows neither variables nor `light-dark()`. */
export function paletteOf(isDark: boolean): Palette {
  let palette = known.get(isDark);
  if (palette === undefined) {
    palette = readPalette(isDark);
    known.set(isDark, palette);
  }
  return palette;
}

function readPalette(isDark: boolean): Palette {
  const probe = document.createElement("span");
  probe.style.colorScheme = isDark ? "dark" : "light";
  document.body.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = {
    ink: colour("ink"),
    soft: colour("soft"),
    faint: colour("faint"),
    line: colour("line"),
    paper: colour("paper"),
    bad: colour("bad"),
  };
  probe.remove();
  return palette;
}
