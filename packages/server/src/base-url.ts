import type { FastifyRequest } from "fastify";

/** Where the asker reached us: the public URL if there is one, else the Host header, which the guard has checked. */
export function baseUrl(
  request: FastifyRequest,
  { publicUrl, staticPrefix }: { readonly publicUrl?: string | undefined; readonly staticPrefix: string },
): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, "");
  return `${request.protocol}://${request.headers.host ?? "127.0.0.1"}${staticPrefix}`;
}
