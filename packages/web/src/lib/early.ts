import type { Fetch } from "@cairn/client";

/** What `public/before-paint.js` did before this code was here. */
interface Early {
  /** It named the mark. */
  readonly stream: EventSource;
  /** Of the last hint before the first answer. */
  readonly mark: string | undefined;
  /** By method, address and body of the question. */
  readonly answers: Map<string, Promise<Response>>;
}

declare global {
  interface Window {
    early?: Early;
  }
}

/** `fetch`, which takes an answer that is already on its way, once, where the question is the very same. */
export const fetchEarly: Fetch = (input, init) => {
  const question = [init?.method, input, init?.body].join(" ");
  const answer = window.early?.answers.get(question);
  if (answer === undefined) return fetch(input, init);
  window.early?.answers.delete(question);
  return answer.catch(() => fetch(input, init));
};

/** From here on the page hears hints itself, and asks itself. @returns the hint after which it has to go on */
export function endEarly(): string | undefined {
  window.early?.stream.close();
  return window.early?.mark;
}

/** A hint came: what nobody has taken yet may be old. */
export function forgetEarly(): void {
  window.early?.answers.clear();
}
