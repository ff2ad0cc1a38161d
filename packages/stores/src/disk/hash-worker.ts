// A thread that hashes. Answers come in the order of the questions.
import { createHash, type Hash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import type { HashQuestion } from "./hash-thread.ts";

const hashes = new Map<number, Hash>();

parentPort?.on("message", (question: HashQuestion) => {
  if (question.kind === "drop") {
    hashes.delete(question.id);
    return;
  }
  if (question.kind === "update") {
    const hash = hashes.get(question.id) ?? createHash("sha256");
    hashes.set(question.id, hash);
    hash.update(question.bytes);
    parentPort?.postMessage(undefined);
    return;
  }
  parentPort?.postMessage(hashes.get(question.id)?.copy().digest("hex"));
});
