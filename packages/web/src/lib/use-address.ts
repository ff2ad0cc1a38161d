import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

type Texts = Readonly<Record<string, string | undefined>>;

/**
 * What the screen keeps in the address, and how it changes it; a key set to undefined leaves the address. Choices replace
 * the address, so that "back" leaves the screen; `push` is for what a person would want to go back from.
 */
export function useAddress(): readonly [search: Texts, change: (change: Texts, how?: "replace" | "push") => void] {
  const search = useSearch({ strict: false }) as Texts;
  const navigate = useNavigate();
  const change = useCallback(
    (texts: Texts, how: "replace" | "push" = "replace") =>
      void navigate({
        to: ".",
        search: (before: Texts) => ({ ...before, ...texts }),
        replace: how === "replace",
        resetScroll: false,
      }),
    [navigate],
  );
  return [search, change];
}
