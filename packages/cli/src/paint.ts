import pc from "picocolors";
import { wantsColours } from "./config.ts";

/** Colours for stdout. */
export const paint = pc.createColors(wantsColours(process.stdout, process.env));

/** Colours for stderr, which may be a file while stdout is a terminal. */
export const paintError = pc.createColors(wantsColours(process.stderr, process.env));
