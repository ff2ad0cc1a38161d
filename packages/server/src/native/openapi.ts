import { API_ROOT, buildOpenapi } from "@cairn/contract";
import type { Handler } from "../mount-table.ts";
import type { WireContext } from "../options.ts";
import { sendJson } from "../respond.ts";
import type { RouteTable } from "../route-table.ts";

/** `GET /openapi.json`, made at the first call: starting should not wait for it. */
export function addOpenapi(table: RouteTable<Handler>, { staticPrefix }: WireContext): void {
  let text: string | undefined;
  table.add("GET", "/openapi.json", async (_, reply) => {
    text ??= JSON.stringify(buildOpenapi({ server: `${staticPrefix}${API_ROOT}` }));
    return sendJson(reply, text);
  });
}
