// A thread that writes and hashes. Answers come in the order of the questions.
// Plain JavaScript, because each thread that reads TypeScript holds 10 MB of compiler for it.
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";

/**
 * Bytes in one call to the system. Larger ones make the kernel take its page cache in larger blocks, which on a virtual
 * machine are the ones that the host must provide first: writes of 512 KiB were three times slower than of 128 KiB.
 */
const WRITE_BYTES = 128 << 10;

/** @type {Map<number, import("node:crypto").Hash>} */
const hashes = new Map();

parentPort?.on("message", (question) => {
  if (question.kind === "drop") hashes.delete(question.id);
  else parentPort?.postMessage(answer(question));
});

/**
 * @param {Exclude<import("./write-thread.ts").Question, { kind: "drop" }>} question
 * @returns {import("./write-thread.ts").Answer}
 */
function answer(question) {
  if (question.kind === "digest") return { digest: hashes.get(question.id)?.copy().digest("hex") };
  const { id, bytes, fd, direct, position } = question;
  try {
    for (let done = direct === null ? 0 : writeDirect(direct, bytes, position); done < bytes.length; ) {
      done += writeSync(fd, bytes, done, Math.min(WRITE_BYTES, bytes.length - done), position + done);
    }
  } catch (error) {
    return { failure: { message: error.message, code: error.code, syscall: error.syscall } };
  }
  if (id !== null) hashes.set(id, (hashes.get(id) ?? createHash("sha256")).update(bytes));
  return {};
}

/**
 * How much was written past the page cache; a file system may refuse what its disk could do, or stop early where room ends.
 * What is left is written the other way, which says why it cannot be.
 * @param {number} fd
 * @param {Uint8Array} bytes
 * @param {number} position
 */
function writeDirect(fd, bytes, position) {
  try {
    return writeSync(fd, bytes, 0, bytes.length, position);
  } catch {
    return 0;
  }
}
