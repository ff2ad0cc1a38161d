/** Everything below is mounted here. */
export const API_ROOT = "/api/v1";

/** Where a part of an upload begins: a header, so that the body is nothing but bytes. */
export const OFFSET_HEADER = "Upload-Offset";
