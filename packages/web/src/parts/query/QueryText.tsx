import type { ReactNode } from "react";
import styles from "./QueryField.module.css";
import type { QueryProblem } from "./query-problem.ts";
import { type Piece, scanQuery } from "./scan.ts";

const KEYWORD = /^(and|or|not|any|in|like|ilike|is|null|true|false)$/i;

export interface QueryTextProps {
  readonly text: string;
  readonly problem: QueryProblem | undefined;
  /** How far the field above it is scrolled, in px. */
  readonly scroll: number;
}

/** The query once more, under the field's own transparent text: coloured by what each piece is, and marked where it is wrong. */
export function QueryText({ text, problem, scroll }: QueryTextProps) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const piece of scanQuery(text)) {
    parts.push(text.slice(at, piece.start));
    parts.push(
      <span key={piece.start} data-kind={kindOf(piece)} data-wrong={isWrong(piece, problem) || undefined}>
        {piece.raw}
      </span>,
    );
    at = piece.end;
  }
  parts.push(text.slice(at));
  const isAtEnd = problem?.from !== undefined && problem.from >= text.length && text !== "";
  return (
    <div className={styles.mirror} aria-hidden>
      <span style={{ transform: `translateX(${-scroll}px)` }}>
        {parts}
        {isAtEnd && <span data-wrong>{"\u00a0\u00a0"}</span>}
      </span>
    </div>
  );
}

function kindOf({ kind, raw }: Piece): string {
  return kind === "word" && KEYWORD.test(raw) ? "keyword" : kind;
}

function isWrong({ start, end }: Piece, problem: QueryProblem | undefined): boolean {
  return problem?.from !== undefined && problem.to !== undefined && start < problem.to && end > problem.from;
}
