export type EventKind =
  | "experiment.created"
  | "experiment.updated"
  | "experiment.deleted"
  | "run.created"
  | "run.updated"
  | "run.deleted"
  | "checkpoint.created"
  | "checkpoint.updated"
  | "checkpoint.deleted"
  | "series.appended"
  | "artifact.changed"
  | "model.created"
  | "model.updated"
  | "model.deleted"
  | "version.created"
  | "version.updated"
  | "version.deleted"
  | "view.created"
  | "view.updated"
  | "view.deleted";

/** A hint that something changed: the reader asks again by its own cursors. `id` is the run's, experiment's, checkpoint's, model's or view's id, or `<model>/<number>`. */
export interface TrackerEvent {
  readonly kind: EventKind;
  readonly id: string;
  /** The experiment it belongs to, so that a live page can filter; null for models, versions and views of none. */
  readonly experiment: number | null;
}

/** An event as it went out: `seq` grows by one for each event of this process. */
export interface SequencedEvent extends TrackerEvent {
  readonly seq: number;
}

/**
 * Where hints go out. In process by default. A subscriber that asks for events after a seq which the bus no longer
 * holds (or that another process numbered) gets `reset` and must read everything anew.
 */
export interface EventBus {
  /** Names this numbering: a seq is only meaningful together with it. */
  readonly epoch: string;
  /** Called after the commit that the events speak of is durable. */
  publish(events: readonly TrackerEvent[]): void;
  /** The events after `seq` that are still held, or "reset". `seq` -1 means "from now on". */
  since(seq: number): readonly SequencedEvent[] | "reset";
  /** The newest seq given out. */
  readonly last: number;
  subscribe(listener: (event: SequencedEvent) => void): () => void;
}
