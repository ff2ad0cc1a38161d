/**
 * How often a test with chance in it repeats: few times in `npm test`, in full under `npm run test:faults` and
 * `npm run test:compat`.
 */
export function rounds(count: { quick: number; full: number }): number {
  return process.env["CAIRN_TEST_FULL"] === "1" ? count.full : count.quick;
}

/**
 * The seed of this process's chance. Print it in the test's name or message; `CAIRN_TEST_SEED=…` repeats a failure.
 */
export const seed: number = Number(process.env["CAIRN_TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
