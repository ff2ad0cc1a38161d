import { TrackerError } from "../errors.ts";
import type { QueryKind, QueryOutput } from "./queries.ts";

/** How answers become bytes, by the name of a form and the kind of query. Each must give an array over a buffer of its own. */
export type AnswerForms = Readonly<
  Record<string, { readonly [K in QueryKind]?: (answer: QueryOutput<K>) => Uint8Array<ArrayBuffer> }>
>;

/** @throws internal if there is no such form: the program was put together wrongly. */
export function formAnswer(forms: AnswerForms, form: string, kind: string, answer: unknown): Uint8Array<ArrayBuffer> {
  const encode = forms[form]?.[kind as QueryKind] as ((answer: unknown) => Uint8Array<ArrayBuffer>) | undefined;
  if (encode === undefined) throw new TrackerError("internal", `The store knows no form '${form}' of '${kind}'.`);
  return encode(answer);
}
