/** Compression is a port of the whole series room; the codec only uses it. */
export type { Compressor } from "../port.ts";
