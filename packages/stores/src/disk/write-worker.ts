// A thread that writes and hashes. Answers come in the order of the questions.
import { createHash, type Hash } from "node:crypto";
import { writeSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import type { Answer, Question } from "./write-thread.ts";

/**
 * Bytes in one call to the system. Larger ones make the kernel take its page cache in larger blocks, which on virtual
 * machines are the ones that the host must provide first: 1 MiB was three times slower than 128 KiB.
 */
const WRITE_BYTES = 128 << 10;

const hashes = new Map<number, Hash>();

parentPort?.on("message", (question: Question) => {
  if (question.kind === "drop") hashes.delete(question.id);
  else parentPort?.postMessage(answer(question));
});

function answer(question: Exclude<Question, { kind: "drop" }>): Answer {
  if (question.kind === "digest") return { digest: hashes.get(question.id)?.copy().digest("hex") };
  const { id, bytes, fd, position } = question;
  try {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(fd, bytes, done, Math.min(WRITE_BYTES, bytes.length - done), position + done);
    }
  } catch (error) {
    const { message, code, syscall } = error as NodeJS.ErrnoException;
    return { failure: { message, code, syscall } };
  }
  if (id !== null) {
    const hash = hashes.get(id) ?? createHash("sha256");
    hashes.set(id, hash.update(bytes));
  }
  return {};
}
