import { extname } from "node:path";
import { invalid } from "@cairn/core";
import type { Client } from "../../client.ts";
import { ModelTracker } from "./model-tracker.ts";
import { createRecording, type Recording } from "./recording.ts";
import type { Row } from "./row.ts";
import { readServerRows, type ServerTracker } from "./server-tracker.ts";

/** Where an experiment keeps its tracker. */
export interface TrackerStore {
  /** All rows; none when there is no tracker yet. */
  load(uId: string): Promise<Row[]>;
  /** Puts these rows in place of what is there. */
  save(rows: readonly Row[], uId: string): Promise<void>;
  /** Told when a training begins, if the store shows it while it goes. */
  begin?(name: string, uId: string): Promise<Recording>;
}

/** A file: `.json` as the origin writes it, or `.csv`. */
export function fileTracker(path: string): TrackerStore {
  const kind = extname(path).toLowerCase();
  if (kind !== ".json" && kind !== ".csv") {
    throw invalid(`A tracker is a .json or a .csv file, not '${path}'.`, { file: path });
  }
  return {
    async load(uId) {
      const tracker = new ModelTracker(uId);
      if (!(await ModelTracker.checkTrackerExists(path))) return [];
      await (kind === ".json" ? tracker.importExistingJsonTracker(path) : tracker.importExistingCsvTracker(path));
      return tracker.rows;
    },
    async save(rows, uId) {
      const tracker = new ModelTracker(uId);
      tracker.rows = [...rows];
      await (kind === ".json" ? tracker.trackerToJson(path) : tracker.trackerToCsv(path));
    },
  };
}

/** A tracker in memory, such as one that came from a data frame and goes back into one. */
export function memoryTracker(tracker: ModelTracker): TrackerStore {
  return {
    load: async () => tracker.rows,
    save: async (rows) => {
      tracker.rows = [...rows];
    },
  };
}

/** An experiment of the server: every training is a run, running while it trains, `failed` with its error when it fails. */
export function serverTracker(client: Client, experiment: string): TrackerStore {
  const place: ServerTracker = { client, experiment };
  return {
    load: async (uId) => (await readServerRows(place, uId)) ?? [],
    // Each training has written its own row; runs that others finished meanwhile are not ours to touch.
    save: async () => undefined,
    begin: (name, uId) => createRecording(client, experiment, name, uId),
  };
}
