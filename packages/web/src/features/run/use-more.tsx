import { type ReactNode, useState } from "react";
import { formatCount } from "../../lib/format.ts";
import { useTexts } from "../../lib/texts.ts";
import { Button } from "../../ui/Button.tsx";
import { runPageTexts } from "./texts.ts";

/** The first of many, and a button for as many again ten times over. */
export function useMore<T>(
  all: readonly T[],
  first: number,
): { readonly shown: readonly T[]; readonly moreButton: ReactNode } {
  const t = useTexts(runPageTexts);
  const [limit, setLimit] = useState(first);
  const rest = all.length - limit;
  return {
    shown: rest > 0 ? all.slice(0, limit) : all,
    moreButton: rest > 0 && (
      <div>
        <Button size="small" look="quiet" onClick={() => setLimit(limit + first * 10)}>
          {t.showMore(formatCount(Math.min(rest, first * 10)))}
        </Button>
      </div>
    ),
  };
}
