import { API_ROOT, buildOpenapi } from "@cairn/contract";
import type { FastifyInstance } from "fastify";
import type { WireContext } from "../options.ts";
import { sendJson } from "../respond.ts";

/** `GET /openapi.json`, made at the first call: starting should not wait for it. */
export function mountOpenapi(scope: FastifyInstance, { staticPrefix }: WireContext): void {
  let text: string | undefined;
  scope.get(`${API_ROOT}/openapi.json`, async (_, reply) => {
    text ??= JSON.stringify(buildOpenapi({ server: `${staticPrefix}${API_ROOT}` }));
    return sendJson(reply, text);
  });
}
