import type { Socket } from "node:net";
import { statusOf } from "@cairn/contract";
import type { ErrorCode } from "@cairn/core";

interface ParserError extends Error {
  readonly code?: string;
}

/** Answers what Node's HTTP parser refused, before there is a request. */
export function answerBrokenRequest(error: ParserError, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLarge = error.code === "HPE_HEADER_OVERFLOW";
  const code: ErrorCode = isLarge ? "too_large" : "invalid";
  const message = isLarge
    ? "The URL and headers are larger than 64 KiB; send long values in the body."
    : "This is not an HTTP request that can be read.";
  const body = JSON.stringify({ code, message, details: {}, requestId: "" });
  socket.end(
    `HTTP/1.1 ${statusOf[code]} ${isLarge ? "Content Too Large" : "Bad Request"}\r\n` +
      `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
