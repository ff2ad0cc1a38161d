import { access, readFile } from "node:fs/promises";
import { invalid, type Json, jsonText, notFound } from "@cairn/core";
import type { ColumnTable } from "arquero";
import { explainFileError, replaceText } from "../../local-file.ts";
import { decodeCsvTracker, encodeCsvTracker } from "./csv-form.ts";
import { ColumnsError } from "./errors.ts";
import { buildFrame, type Frame, rowsOfFrame } from "./frame-form.ts";
import { decodeJsonTracker, encodeJsonTracker } from "./json-form.ts";
import { cellOf, columnsOf, type Row, toRow } from "./row.ts";
import { readServerRows, type ServerTracker, writeServerRows } from "./server-tracker.ts";

/** Where warnings go; the console's when left out. */
export type Warn = (message: string) => void;

/**
 * A table of experiments: loaded from somewhere, changed for a while, written back elsewhere.
 *
 * @example
 * const tracker = new ModelTracker();
 * tracker.updateTrackerWDict({ model_name: "A", test_accuracy: 0.9 });
 * await tracker.trackerToJson("tracker.json"); // {"model_name":{"0":"A"},"test_accuracy":{"0":0.9}}
 */
export class ModelTracker {
  /** The column that names a row. */
  readonly uId: string;
  rows: Row[] = [];
  protected readonly warn: Warn;

  constructor(uId = "model_name", { warn = (message: string) => console.warn(message) }: { warn?: Warn } = {}) {
    if (typeof uId !== "string" || uId === "") throw invalid("The name of the id column must be a text.");
    this.uId = uId;
    this.warn = warn;
  }

  /** Each once, in the order in which the rows bring them. */
  get columnNames(): string[] {
    return columnsOf(this.rows);
  }

  /**
   * Adds a row; one with an id that is there already is laid over the old row, which moves to the end. The first row
   * makes the columns. Dates and big integers become what files can hold; see `toPlain`.
   * @throws invalid for what is no row, and for a value that no file can hold; ColumnsError when a later row lacks one or brings a new one, unless `forceColumns`: then cells are null.
   */
  updateTrackerWDict(rowDict: Row, forceColumns = false): void {
    const given = toRow(rowDict);
    const id = cellOf(given, this.uId);
    const old = id === null ? -1 : this.rows.findIndex((row) => cellOf(row, this.uId) === id);
    const row = old < 0 ? given : { ...this.rows[old], ...given };
    this.#checkColumns(row, forceColumns);
    if (old >= 0) this.warn(`Model already exists in tracker, overwriting relevant values (${jsonText(id)})`);
    this.rows = [...this.rows.filter((_, i) => i !== old), row];
  }

  /** @throws not_found when no row has this id. */
  getCurRowIndex(uId: Json): number {
    const index = this.rows.findIndex((row) => cellOf(row, this.uId) === uId);
    if (index < 0) throw notFound(`Model does not exist in tracker: ${jsonText(uId)}`, { id: uId });
    return index;
  }

  checkModelExists(uId: Json): boolean {
    return this.rows.some((row) => cellOf(row, this.uId) === uId);
  }

  /** Fills in the id of the rows that have none: trackers from before there were ids. */
  writeUId(uIdUpdate: (row: Row) => Json): void {
    this.rows = this.rows.map((row) => (cellOf(row, this.uId) === null ? { ...row, [this.uId]: uIdUpdate(row) } : row));
  }

  static async checkTrackerExists(path: string): Promise<boolean> {
    return access(path).then(
      () => true,
      () => false,
    );
  }

  async trackerToJson(path: string): Promise<void> {
    await replaceText(path, encodeJsonTracker(this.rows));
  }

  async trackerToCsv(path: string): Promise<void> {
    await replaceText(path, encodeCsvTracker(this.rows));
  }

  /** As an Arquero table, which is loaded for it. */
  trackerToDf(): Promise<ColumnTable> {
    return buildFrame(this.rows);
  }

  /** Into the server's database: each row a finished run. */
  async trackerToSql(place: ServerTracker): Promise<void> {
    await writeServerRows(place, this.rows, this.uId);
  }

  async importExistingJsonTracker(path: string): Promise<void> {
    this.#import(decodeJsonTracker(await readText(path), path));
  }

  async importExistingCsvTracker(path: string): Promise<void> {
    this.#import(decodeCsvTracker(await readText(path), path));
  }

  importExistingDfTracker(frame: Frame): void {
    this.#import(rowsOfFrame(frame));
  }

  /** @throws not_found when the server has no such experiment. */
  async importExistingSqlTracker(place: ServerTracker): Promise<void> {
    const rows = await readServerRows(place, this.uId);
    if (rows === undefined) throw notFound(`The server has no experiment named '${place.experiment}'.`);
    this.#import(rows);
  }

  /** Reads the file, adds the own rows that it lacks, and writes it again. */
  async updateExistingJsonTracker(path: string): Promise<void> {
    await this.#importBefore(() => this.importExistingJsonTracker(path));
    await this.trackerToJson(path);
  }

  async updateExistingCsvTracker(path: string): Promise<void> {
    await this.#importBefore(() => this.importExistingCsvTracker(path));
    await this.trackerToCsv(path);
  }

  /** Rows that are here already are not taken a second time: those with an id known before, or equal in all. */
  #import(rows: readonly Row[]): void {
    const isKnown = this.#knows(this.rows);
    this.rows = [...this.rows, ...rows.filter((row) => !isKnown(row))];
  }

  /** Tells the same row: by its id, or, where it has none, by all that it says. */
  #knows(rows: readonly Row[]): (row: Row) => boolean {
    const ids = new Set(rows.map((row) => cellOf(row, this.uId)));
    const texts = new Set(rows.map((row) => encodeJsonTracker([row])));
    return (row) => {
      const id = cellOf(row, this.uId);
      return id === null ? texts.has(encodeJsonTracker([row])) : ids.has(id);
    };
  }

  async #importBefore(load: () => Promise<void>): Promise<void> {
    const own = this.rows;
    this.rows = [];
    try {
      await load();
      const isOwn = this.#knows(own);
      this.rows = [...this.rows.filter((row) => !isOwn(row)), ...own];
    } catch (error) {
      this.rows = own;
      throw error;
    }
  }

  #checkColumns(row: Row, forceColumns: boolean): void {
    if (this.rows.length === 0) return;
    const known = this.columnNames;
    const missing = known.filter((column) => !Object.hasOwn(row, column));
    const fresh = Object.keys(row).filter((column) => !known.includes(column));
    const list = (names: readonly string[]) => `{${names.map((name) => `'${name}'`).join(", ")}}`;
    const problems = [
      ...(missing.length === 0
        ? []
        : [`Column names ${list(missing)} already exist in the tracker however are missing from the new row`]),
      ...(fresh.length === 0
        ? []
        : [`${list(fresh)} are new column names in the row that are not already in the tracker`]),
    ];
    if (problems.length === 0) return;
    if (forceColumns) for (const problem of problems) this.warn(problem);
    else throw new ColumnsError(`${problems.join("; ")}. Say forceColumns to take it.`, { missing, fresh });
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw explainFileError(error, `Cannot read the tracker '${path}'`);
  }
}
