import { ConfigError } from "./config.ts";

/** `--limit` as a number. @throws ConfigError */
export function readLimit(text: string | undefined): number {
  if (text === undefined) return 50;
  const limit = Number(text);
  if (/^\d{1,5}$/.test(text) && limit >= 1 && limit <= 50_000) return limit;
  throw new ConfigError(`--limit '${text}' is not a whole number from 1 to 50000.`);
}
