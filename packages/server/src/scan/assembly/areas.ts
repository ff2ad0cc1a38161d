/** Of one batch. This and the next are the foreign wire's limits, which cannot be imported here; a test holds them equal. */
export const MOST_METRICS: i32 = 1000;
export const LONGEST_KEY: i32 = 250;
/** Of one object of columns. With longer ones JSON.parse is as quick. */
export const MOST_POINTS: i32 = 8192;
/** A full batch has some 100 KB. What is larger is left to JSON.parse, and to whatever is counted before it. */
export const LARGEST_BODY: i32 = 1 << 20;
/** What lies behind the body is zero for so far: whole vectors are read there, and no text goes on. */
export const BEHIND_BODY: i32 = 64;

// Where things lie in the memory that is shared with the host. A column has a place for each point.
const COLUMN: i32 = MOST_POINTS << 3;
export const BODY: usize = memory.data(LARGEST_BODY + BEHIND_BODY, 16);
/** The keys' texts, each with its closing quote, end to end. */
export const KEYS: usize = memory.data(MOST_METRICS * (LONGEST_KEY + 1) + 16, 16);
/** How many points each key has: 32 bits. */
export const COUNTS: usize = memory.data(MOST_METRICS << 2, 16);
/** The columns, grouped by key: doubles. */
export const STEPS: usize = memory.data(COLUMN, 16);
export const TIMES: usize = memory.data(COLUMN, 16);
export const VALUES: usize = memory.data(COLUMN, 16);
/** The host writes them: 10^-64 to 10^64, 128 bits each, see `scale.ts`. */
export const POWERS: usize = memory.data(129 << 4, 16);
