import { nativeForms } from "@cairn/contract/forms";
import type { AnswerForms } from "@cairn/core";

/** What a store must be opened with to serve this server's wires. A module of its own: stores load it in their threads. */
export const answerForms: AnswerForms = { ...nativeForms };
