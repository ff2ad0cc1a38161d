/** Starting values of series.md. Tests make them small, so that a few points meet every rule. */
export interface EngineLimits {
  /** Unsealed points of one series that make its run due for a seal. */
  readonly seriesPoints: number;
  /** Unsealed points, and bytes of journal, that make a run due for a seal. */
  readonly runPoints: number;
  readonly runBytes: number;
  /** A run this long (ms) without points is sealed. */
  readonly idle: number;
  /**
   * Above so many runs with unsealed points, `crowdIdle` (ms) of silence is enough: a search looks at each of them, so an
   * import of a hundred thousand short runs must not leave them all to it.
   */
  readonly crowd: number;
  readonly crowdIdle: number;
  /** The most points that one seal takes, over several calls. */
  readonly sealPoints: number;
  /**
   * The points that one call may handle. While points come it is a quarter more than the last commit brought, twice as many
   * while tails or journal take more than half of their bytes, and at least `busyPoints`: so nobody waits for long, and no
   * backlog grows.
   */
  readonly workPoints: number;
  readonly busyPoints: number;
  /** A journal record is cut at this many points, and a bundle at that. */
  readonly recordPoints: number;
  readonly bundlePoints: number;
  /** This many writings of a level merge; `largeFanIn` if they hold `largePart` points or more of a series on average. */
  readonly fanIn: number;
  readonly largeFanIn: number;
  readonly largePart: number;
  /** More chunks than this over one key are rewritten. */
  readonly depth: number;
  /**
   * Bytes of points kept in memory, and of unsealed journal over all runs: above three quarters of the former, or above the
   * latter, the largest run is due.
   */
  readonly tailBytes: number;
  readonly journalBytes: number;
  /** Bytes of decoded chunks kept for the search of late points, and of bundles kept while they are filled into chunks. */
  readonly chunkCacheBytes: number;
  readonly frameCacheBytes: number;
  /** Bytes of columns that no tail holds at the moment, kept while some run has unsealed points. */
  readonly columnPoolBytes: number;
  /** A sealed tail that so many commits have passed by goes before a run is sealed for want of memory. */
  readonly quietCommits: number;
}

export const engineLimits: EngineLimits = {
  seriesPoints: 4096,
  runPoints: 262_144,
  runBytes: 2 << 20,
  idle: 60_000,
  crowd: 512,
  crowdIdle: 2000,
  sealPoints: 262_144,
  workPoints: 32_768,
  busyPoints: 4096,
  recordPoints: 65_536,
  bundlePoints: 32_768,
  fanIn: 8,
  largeFanIn: 64,
  largePart: 32,
  depth: 4,
  tailBytes: 64 << 20,
  journalBytes: 256 << 20,
  chunkCacheBytes: 16 << 20,
  frameCacheBytes: 32 << 20,
  columnPoolBytes: 64 << 20,
  quietCommits: 4096,
};
