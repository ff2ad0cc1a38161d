import type { Client } from "@cairn/client";

/** One client of the server under test, with its own memory of what was acknowledged to it. */
export interface FaultWriter {
  readonly name: string;
  /** Begins a run of its own at `url`, to which all it does later goes as well. */
  begin(url: string): Promise<void>;
  /** One more thing, sent until it is acknowledged, and then remembered as such. */
  advance(): Promise<void>;
  /**
   * Looks at the server. All that was acknowledged must be there once; what was on its way must be there whole or not
   * at all, and nothing else may be there.
   *
   * @throws AssertionError
   */
  verify(client: Client): Promise<void>;
}
