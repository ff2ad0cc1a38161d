import { type Client, createClient } from "@cairn/client";
import { fetchEarly } from "./early.ts";

/** Where the server is: the page's own origin and the prefix that the server wrote into `<base>`. */
export const SERVER_URL = new URL(".", document.baseURI).href.replace(/\/$/, "");

/** The path before every route: "" or such as "/cairn". */
export const PREFIX = new URL(SERVER_URL).pathname.replace(/\/$/, "");

/** The one client of this page. Few retries: somebody is waiting, and the page says itself how to try again. */
export const server: Client = createClient(SERVER_URL, { retries: 1, fetch: fetchEarly });
