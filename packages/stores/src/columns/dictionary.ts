import {
  type CompareTerm,
  compileTest,
  type Effort,
  type Forms,
  groupValue,
  type InTerm,
  keyOfForms,
  type LikeTerm,
  type Literal,
  type SortKey,
} from "@cairn/core";

/** The distinct texts of a column, each with a code: 0, 1, 2 … Predicates are asked once for each, not for each run. */
export interface Dictionary {
  readonly size: number;
  readonly bytes: number;
  /** The text's code, given out if it is new. */
  add(text: string): number;
  /** What runs are grouped by. */
  value(code: number): Literal;
  /** What an order goes by. */
  key(code: number, text: boolean): SortKey;
  /** The order of the keys, up to date. */
  ranks(text: boolean): Ranks;
  /** A term as a test of codes that remembers its answers. */
  compile(term: CompareTerm | InTerm | LikeTerm, effort: Effort): (code: number) => boolean;
}

import { createRanks, type Ranks } from "./ranks.ts";

/** Map entry, forms and headers of one text, about. */
const ENTRY_BYTES = 180;

export function createDictionary(formsOf: (text: string) => Forms): Dictionary {
  const codes = new Map<string, number>();
  const forms: Forms[] = [];
  const keys: SortKey[] = [];
  const textKeys: SortKey[] = [];
  let byKey: Ranks | null = null;
  let byText: Ranks | null = null;
  let bytes = 0;
  return {
    get size() {
      return forms.length;
    },
    get bytes() {
      return bytes + (byKey?.bytes ?? 0) + (byText?.bytes ?? 0);
    },
    add(text) {
      const known = codes.get(text);
      if (known !== undefined) return known;
      const code = forms.length;
      codes.set(text, code);
      const own = formsOf(text);
      forms.push(own);
      keys.push(keyOfForms(own, false));
      textKeys.push(keyOfForms(own, true));
      bytes += ENTRY_BYTES + 4 * text.length;
      return code;
    },
    value: (code) => groupValue(forms[code] as Forms),
    key: (code, text) => (text ? textKeys : keys)[code] as SortKey,
    ranks(text) {
      let ranks: Ranks;
      if (text) {
        byText ??= createRanks(textKeys);
        ranks = byText;
      } else {
        byKey ??= createRanks(keys);
        ranks = byKey;
      }
      ranks.update();
      return ranks;
    },
    compile(term, effort) {
      const test = compileTest(term, effort);
      const verdicts = new Uint8Array(forms.length);
      return (code) => {
        const verdict = verdicts[code] as number;
        if (verdict !== 0) return verdict === 2;
        const answer = test(forms[code] as Forms);
        verdicts[code] = answer ? 2 : 1;
        return answer;
      };
    },
  };
}
