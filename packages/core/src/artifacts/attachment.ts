/**
 * The value of Content-Disposition that makes a browser save a file under its name (RFC 6266). The name goes twice where
 * it must: plain ASCII for old readers, and exactly, as UTF-8 in the encoding of RFC 8187, which all current ones prefer.
 *
 * @param path a file's path; the part behind the last `/` is the name.
 * @example
 * attachmentHeader("plots/loss.png"); // attachment; filename="loss.png"
 */
export function attachmentHeader(path: string): string {
  return dispositionOf("attachment", path);
}

/** As `attachmentHeader`, for a file that a browser shows: it is the name under which the reader may then save it. */
export function inlineHeader(path: string): string {
  return dispositionOf("inline", path);
}

function dispositionOf(kind: "attachment" | "inline", path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).toWellFormed();
  // `%` too: some readers decode it in the plain form.
  const plain = name.replace(/[^ -~]|["\\%]/gu, "_");
  const exact = plain === name ? "" : `; filename*=UTF-8''${encodeExtended(name)}`;
  return `${kind}; filename="${plain}"${exact}`;
}

/** encodeURIComponent leaves four characters that RFC 8187's attr-char does not hold. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
