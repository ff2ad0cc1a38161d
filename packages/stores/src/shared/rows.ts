import type { Tx } from "@cairn/core";

/** The rows and their transaction, as the committer drives them. Exactly one transaction at a time. */
export interface Rows {
  readonly tx: Tx;
  /**
   * @param isRepeatable nothing is promised of what follows, and it would be done again: a loss of power may undo its commit
   * until the next one that is not. False if it is left out.
   */
  begin(isRepeatable?: boolean): void;
  /** Everything since `begin` is visible when it returns, and durable unless it is repeatable. If it throws, call `rollback`. */
  commit(): void;
  /** Undoes everything since `begin`. Safe to call when the transaction is gone already. */
  rollback(): void;
  /** Runs `work`; if it throws, what it changed is undone and the error goes on. Not nested. */
  savepoint<T>(work: () => T): T;
  /** True if the transaction can go on after `savepoint` threw this error: only that savepoint is lost. */
  canGoOn(error: unknown): boolean;
}
