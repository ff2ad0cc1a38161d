import { type Client, createClient } from "../client.ts";

/** The server that `CAIRN_URL` names, else this machine's, with the token in `CAIRN_TOKEN`; in a browser, this machine's. */
export function defaultClient(): Client {
  const env: Readonly<Record<string, string | undefined>> = globalThis.process?.env ?? {};
  return createClient(env["CAIRN_URL"] || "http://127.0.0.1:4600", { token: env["CAIRN_TOKEN"] });
}
