import { emptySummary, mergeSummaries, type Summary, summarize } from "./summarize.ts";
import { decodeSummary, encodeSummary } from "./summary-codec.ts";

export { decodeSummary, emptySummary, encodeSummary, mergeSummaries, type Summary, summarize };
