import type { Tx } from "@cairn/core";

/** The rows and their transaction, as the committer drives them. Exactly one transaction at a time. */
export interface Rows {
  readonly tx: Tx;
  begin(): void;
  /** Everything since `begin` is durable and visible when it returns. If it throws, call `rollback`. */
  commit(): void;
  /** Undoes everything since `begin`. Safe to call when the transaction is gone already. */
  rollback(): void;
  /** Runs `work`; if it throws, what it changed is undone and the error goes on. Not nested. */
  savepoint<T>(work: () => T): T;
  /** True if the transaction can go on after `savepoint` threw this error: only that savepoint is lost. */
  canGoOn(error: unknown): boolean;
}
