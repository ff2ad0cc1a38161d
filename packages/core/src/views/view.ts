import type { Json } from "../json.ts";

/** A view without its state, as lists show it. */
export interface ViewInfo {
  readonly id: number;
  readonly project: string;
  /** Unique among those of its project, screen and experiment. */
  readonly name: string;
  /** Which screen it is of: `experiment`, `compare`, `tracker` … */
  readonly screen: string;
  /** null = it belongs to no experiment. */
  readonly experiment: number | null;
  readonly author: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A saved screen: which columns, filter, order, charts. What is in it is the page's affair. */
export interface View extends ViewInfo {
  readonly state: Json;
}

export interface CreateView {
  /** `default` when left out. */
  readonly project?: string | undefined;
  readonly name: string;
  readonly screen: string;
  readonly experiment?: number | null | undefined;
  /** At most 65 536 characters as JSON. */
  readonly state: Json;
}

/** Only what is given changes. */
export interface UpdateView {
  readonly name?: string | undefined;
  readonly state?: Json | undefined;
}

export interface ListViews {
  /** `default` when left out. */
  readonly project?: string | undefined;
  readonly screen?: string | undefined;
  /** null = only those of no experiment; all when left out. */
  readonly experiment?: number | null | undefined;
}
