/** Where a model's own words lie on its run. A best result is a series, so that tables sort by it as by any metric. */
export const BEST_PREFIX = "best/";
export const REMARK_TAG = "remark";
