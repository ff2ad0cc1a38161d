import type { Artifact, ArtifactContent, ArtifactEntry } from "./artifacts/artifact.ts";
import type { UploadState } from "./blobs/port.ts";
import type { Checkpoint, CreateCheckpoint, UpdateCheckpoint } from "./checkpoints/checkpoint.ts";
import type { DatasetUse } from "./datasets/dataset.ts";
import type { CreateExperiment, Experiment, UpdateExperiment } from "./experiments/experiment.ts";
import type { ModelHistoryEntry } from "./models/history.ts";
import type { CreateModel, Model, UpdateModel } from "./models/model.ts";
import type { CopyVersion, CreateVersion, UpdateVersion, Version, VersionKey } from "./models/version.ts";
import type { Page } from "./page.ts";
import type { Project } from "./projects/project.ts";
import type { LabelUse, TableColumns } from "./runs/columns.ts";
import type { GroupOrder, RunGroups } from "./runs/groups.ts";
import type { CreateRun, LogInput, UpdateRun } from "./runs/inputs.ts";
import type { RunLineage } from "./runs/lineage.ts";
import type { Iteration, Module, Note, Run, RunPage } from "./runs/run.ts";
import type { KeyKind } from "./search/keys.ts";
import type { Expression, Lifecycle, Order } from "./search/query.ts";
import type { ChartSeries, SeriesBuckets, SeriesHistory, SeriesInfo } from "./series/series.ts";
import type { CreateView, ListViews, UpdateView, View, ViewInfo } from "./views/view.ts";

/** What a list asks for. Newest first when no order is given; every order is total. */
export interface SearchInput {
  /** Query text (docs/design/search-grammar.md), or the AST that it stands for. */
  readonly filter?: string | Expression | undefined;
  /** Such as `metrics.loss desc`; several by commas. */
  readonly order?: string | readonly Order[] | undefined;
  readonly lifecycle?: Lifecycle | undefined;
  /** 1 … 50 000, 50 by default. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** What a list of runs may ask beside. */
export interface RunSearchInput extends SearchInput {
  /** Ids to look in; all when left out. */
  readonly experiments?: readonly number[] | undefined;
  /** Instead of a cursor: runs of the order to pass over. What comes and goes meanwhile shifts it. */
  readonly offset?: number | undefined;
  /** Says in `total` how many runs match. */
  readonly count?: boolean | undefined;
  /**
   * Which parts of each run to carry: `parameters`, `metrics`, `tags`, `labels`, `inputs`, `outputs`, `used`, or single keys
   * such as `metrics.loss`. The other parts are empty; the run's own fields always come. Everything when left out.
   */
  readonly fields?: readonly string[] | undefined;
}

/** Which runs, and which of their columns. */
export interface ColumnsInput extends Pick<SearchInput, "filter" | "lifecycle"> {
  /** Ids to look in; all when left out. */
  readonly experiments?: readonly number[] | undefined;
  /** All when left out. */
  readonly kinds?: readonly KeyKind[] | undefined;
  /** Only keys with this text in them, whatever its case. */
  readonly contains?: string | undefined;
  /** The most of each kind: 1 … 10 000, 2000 by default. */
  readonly limit?: number | undefined;
}

/** Which runs, and by what they are grouped. */
export interface GroupsInput extends Pick<SearchInput, "filter" | "lifecycle"> {
  /** Ids to look in; all when left out. */
  readonly experiments?: readonly number[] | undefined;
  /** A field as a query writes it: `params.model`, `tags.team`, `label`, `state` … */
  readonly by: string;
  /** Keys of metrics whose latest values are wanted over each group: 50 at most. */
  readonly metrics?: readonly string[] | undefined;
  /** `runs` by default. */
  readonly order?: GroupOrder | undefined;
  /** 1 … 10 000, 100 by default. */
  readonly limit?: number | undefined;
  /** Groups to pass over. */
  readonly offset?: number | undefined;
}

export interface LogResult {
  /** Points that were new; equal ones are kept once. */
  readonly added: number;
  /** True when the writer's mark had been applied before: nothing was written now. */
  readonly repeated: boolean;
}

/** Reads whose answers may be large, as bytes of a form. The arguments and errors are those of the services. */
export interface FormedReads {
  readonly runs: Formed<Services["runs"], "search">;
  readonly series: Formed<Services["series"], "history" | "buckets">;
}

type Formed<S, M extends keyof S> = {
  readonly [K in M]: S[K] extends (...args: infer A) => unknown ? (...args: A) => Promise<Uint8Array> : never;
};

/**
 * The driving ports in one bundle: all that a caller can ask of Cairn. Core implements it beside the store, the client
 * implements it over HTTP; a caller cannot tell them apart. Every method may throw TrackerError; ids of runs are texts
 * of 32 hex digits (`invalid` when they are not, `not_found` when there is none).
 */
export interface Services {
  readonly projects: {
    list(): Promise<Page<Project>>;
  };
  readonly experiments: {
    /** @throws conflict when the name is taken and `onConflict` is `error` (the default). */
    create(input: CreateExperiment): Promise<Experiment>;
    get(id: number): Promise<Experiment>;
    /** By exact name, deleted ones too; undefined if there is none. */
    find(name: string, project?: string): Promise<Experiment | undefined>;
    search(input?: SearchInput & { readonly project?: string | undefined }): Promise<Page<Experiment>>;
    update(id: number, input: UpdateExperiment): Promise<Experiment>;
    /** Soft: it and its runs refuse writes until restored. Its name stays taken. */
    delete(id: number): Promise<void>;
    restore(id: number): Promise<Experiment>;
    /** Real: it must be deleted first. Its runs, their points and files go for good, their bytes are freed. */
    purge(id: number): Promise<void>;
  };
  readonly runs: {
    create(input?: CreateRun): Promise<Run>;
    get(id: string): Promise<Run>;
    search(input?: RunSearchInput): Promise<RunPage>;
    /** Which parameters, metrics, tags and labels runs have: the columns that a table of them may have. */
    columns(input?: ColumnsInput): Promise<TableColumns>;
    /** The runs by the values of one field. Those of a group are what `(filter) AND (its filter)` finds. */
    groups(input: GroupsInput): Promise<RunGroups>;
    /** Which checkpoints it left and used, and which versions of models were made from it. */
    lineage(id: string): Promise<RunLineage>;
    update(id: string, input: UpdateRun): Promise<Run>;
    /** Parameters, tags, points and more in one atomic call. */
    log(id: string, input: LogInput): Promise<LogResult>;
    addNote(id: string, text: string): Promise<Note>;
    listNotes(id: string): Promise<readonly Note[]>;
    /** Mends the text of a note; its time and author stay. */
    updateNote(id: string, number: number, text: string): Promise<Note>;
    /** For good. */
    deleteNote(id: string, number: number): Promise<void>;
    listModules(id: string): Promise<readonly Module[]>;
    listIterations(id: string): Promise<readonly Iteration[]>;
    /** Takes iterations away: all of them, or the one with this hash. */
    clearIterations(id: string, hash?: string): Promise<number>;
    /** Says that the training still lives. */
    ping(id: string): Promise<void>;
    delete(id: string): Promise<void>;
    restore(id: string): Promise<Run>;
    /** Real: the run must be deleted first. */
    purge(id: string): Promise<void>;
  };
  readonly labels: {
    /**
     * How many runs (not deleted) have each label, the most used first. Of a project also those that no run has now; with
     * `experiments` only those of their runs. `limit`: 1 … 10 000, 1000 by default.
     */
    list(input?: {
      readonly project?: string | undefined;
      readonly experiments?: readonly number[] | undefined;
      readonly limit?: number | undefined;
    }): Promise<readonly LabelUse[]>;
  };
  /** Saved screens, by a whole number. */
  readonly views: {
    /** @throws conflict when its project, screen and experiment have one of this name. */
    create(input: CreateView): Promise<View>;
    get(id: number): Promise<View>;
    /** By screen, experiment and name. */
    list(input?: ListViews): Promise<readonly ViewInfo[]>;
    update(id: number, input: UpdateView): Promise<View>;
    /** Real. */
    delete(id: number): Promise<void>;
  };
  readonly series: {
    list(run: string): Promise<readonly SeriesInfo[]>;
    history(run: string, key: string, options?: HistoryInput): Promise<SeriesHistory>;
    /** Charts of several series (2000 at most) at once, in the order asked for; of a key without points an empty one. */
    buckets(series: readonly ChartSeries[], options?: BucketInput): Promise<readonly SeriesBuckets[]>;
    /** Removes all points of one series. False if there was none. */
    clear(run: string, key: string): Promise<boolean>;
  };
  readonly artifacts: {
    list(
      run: string,
      folder?: string,
      options?: { readonly limit?: number; readonly cursor?: string },
    ): Promise<Page<ArtifactEntry>>;
    revisions(run: string, path: string): Promise<readonly Artifact[]>;
    /** Undefined when there is no such file. */
    find(run: string, path: string, revision?: number): Promise<ArtifactContent | undefined>;
    write(run: string, path: string, bytes: AsyncIterable<Uint8Array>, options?: ArtifactOptions): Promise<Artifact>;
    /** Names bytes that the server already has; undefined when it lacks them. */
    link(run: string, path: string, digest: string, options?: ArtifactOptions): Promise<Artifact | undefined>;
    delete(run: string, path: string): Promise<number>;
  };
  readonly datasets: {
    /** The datasets of experiments, each with each context that runs used it in. `limit`: 1 … 10 000, 1000 by default. */
    list(experiments: readonly number[], limit?: number): Promise<readonly DatasetUse[]>;
  };
  /** Models that runs left. Ids are `m-` and 32 hex digits. */
  readonly checkpoints: {
    create(input?: CreateCheckpoint): Promise<Checkpoint>;
    get(id: string): Promise<Checkpoint>;
    /** `experiments`: ids to look in; all when left out. */
    search(input?: SearchInput & { readonly experiments?: readonly number[] | undefined }): Promise<Page<Checkpoint>>;
    update(id: string, input: UpdateCheckpoint): Promise<Checkpoint>;
    /** Soft: searches pass it over. It may still be read, and changed. */
    delete(id: string): Promise<void>;
    restore(id: string): Promise<Checkpoint>;
    /** Real: it must be deleted first. Its files go, their bytes are freed. */
    purge(id: string): Promise<void>;
  };
  /** Files of a checkpoint. */
  readonly checkpointFiles: {
    list(
      checkpoint: string,
      folder?: string,
      options?: { readonly limit?: number; readonly cursor?: string },
    ): Promise<Page<ArtifactEntry>>;
    find(checkpoint: string, path: string): Promise<ArtifactContent | undefined>;
    write(
      checkpoint: string,
      path: string,
      bytes: AsyncIterable<Uint8Array>,
      options?: ArtifactOptions,
    ): Promise<Artifact>;
    /** Names bytes that the server already has; undefined when it lacks them. */
    link(checkpoint: string, path: string, digest: string, options?: ArtifactOptions): Promise<Artifact | undefined>;
    delete(checkpoint: string, path: string): Promise<number>;
  };
  /** Loose files of the default project: what a path names that no run or checkpoint owns. */
  readonly files: {
    list(
      folder?: string,
      options?: { readonly limit?: number; readonly cursor?: string },
    ): Promise<Page<ArtifactEntry>>;
    find(path: string): Promise<ArtifactContent | undefined>;
    write(path: string, bytes: AsyncIterable<Uint8Array>, options?: ArtifactOptions): Promise<Artifact>;
    delete(path: string): Promise<number>;
  };
  readonly uploads: {
    open(size?: number): Promise<UploadState>;
    get(id: string): Promise<UploadState>;
    continue(id: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<UploadState>;
    /** Keeps a part (1 … 10 000) of the upload, in any order; sent again it takes the place of the first. */
    writePart(id: string, part: number, bytes: AsyncIterable<Uint8Array>): Promise<UploadPart>;
    /**
     * Puts parts one behind the other: they become what the upload has received, in the order given.
     * @throws precondition when one of them was not sent, or is not of the size that is said.
     */
    join(id: string, parts: readonly UploadPartInput[]): Promise<UploadState>;
    /** Makes the bytes the file `path` of the run, checkpoint or draft, or a loose file when none is named. */
    finish(id: string, target: FinishUpload): Promise<Artifact>;
    abort(id: string): Promise<void>;
  };
  /** Models by their id, a whole number; `find` gives the one with a name. */
  readonly models: {
    /** @throws conflict when the name is taken and `onConflict` is `error` (the default). */
    create(input: CreateModel): Promise<Model>;
    get(id: number): Promise<Model>;
    /** By exact name, deleted ones too; undefined if there is none. */
    find(name: string, project?: string): Promise<Model | undefined>;
    search(input?: SearchInput & { readonly project?: string | undefined }): Promise<Page<Model>>;
    update(id: number, input: UpdateModel): Promise<Model>;
    /** Soft: it refuses changes until restored. Its name stays taken. */
    delete(id: number): Promise<void>;
    restore(id: number): Promise<Model>;
    /** Real: it must be deleted first. Its versions and their files go for good. */
    purge(id: number): Promise<void>;
    /** Points the alias at a version, away from where it pointed. @throws invalid for `latest`, which moves by itself. */
    setAlias(id: number, alias: string, number: number, reason?: string): Promise<Model>;
    /** With `strict`, an alias that is not there is `not_found`. */
    deleteAlias(id: number, alias: string, strict?: boolean, reason?: string): Promise<Model>;
    /** Who did what to it and its versions, the newest first; deleted ones too. `limit`: 1 … 1000, 100 by default. */
    history(
      id: number,
      options?: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
    ): Promise<Page<ModelHistoryEntry>>;
  };
  /** Versions by their model's id and their number. */
  readonly versions: {
    /** Gives the model its next number. @throws conflict when the label is taken and `onConflict` is `error`. */
    create(model: number, input?: CreateVersion): Promise<Version>;
    /** A version of the model `to`, with all that this one has: files, metadata, comment, tags. Its label stays behind. */
    copy(model: number, number: number, input: CopyVersion): Promise<Version>;
    get(model: number, number: number): Promise<Version>;
    /** Those of the versions that there are, in the order asked for. */
    list(keys: readonly VersionKey[]): Promise<readonly Version[]>;
    /** By number, alias (`latest` too) or label; undefined if there is none. */
    find(model: number, ref: string): Promise<Version | undefined>;
    /** `model:ref`, or `model` alone for its latest. @throws not_found for an unknown model or ref. */
    resolve(ref: string, project?: string): Promise<Version>;
    /** `models`: ids to look in; all when left out. */
    search(
      input?: SearchInput & {
        readonly project?: string | undefined;
        readonly models?: readonly number[] | undefined;
      },
    ): Promise<Page<Version>>;
    /** @throws precondition for label and metadata of a sealed version. */
    update(model: number, number: number, input: UpdateVersion): Promise<Version>;
    /** Its files, metadata and label never change from now on. */
    seal(model: number, number: number): Promise<Version>;
    /** Real: its files and aliases go, its number does not come back. */
    delete(model: number, number: number): Promise<void>;
  };
  /** The files of a version: writes are refused (`precondition`) once it is sealed. */
  readonly versionFiles: {
    list(
      model: number,
      number: number,
      folder?: string,
      options?: { readonly limit?: number; readonly cursor?: string },
    ): Promise<Page<ArtifactEntry>>;
    /** All files below all folders, by path, with their digests. */
    manifest(
      model: number,
      number: number,
      options?: { readonly limit?: number; readonly cursor?: string },
    ): Promise<Page<Artifact>>;
    /** Undefined when there is no such file. */
    find(model: number, number: number, path: string): Promise<ArtifactContent | undefined>;
    write(
      model: number,
      number: number,
      path: string,
      bytes: AsyncIterable<Uint8Array>,
      options?: ArtifactOptions,
    ): Promise<Artifact>;
    /** Names bytes that the server already has; undefined when it lacks them. */
    link(
      model: number,
      number: number,
      path: string,
      digest: string,
      options?: ArtifactOptions,
    ): Promise<Artifact | undefined>;
    delete(model: number, number: number, path: string): Promise<number>;
  };
}

/** A part as it was kept. */
export interface UploadPart {
  readonly part: number;
  readonly size: number;
}

export interface UploadPartInput {
  readonly part: number;
  /** What the caller believes that it sent. */
  readonly size?: number | undefined;
}

export interface FinishUpload extends ArtifactOptions {
  readonly run?: string | undefined;
  readonly checkpoint?: string | undefined;
  /** With `number`: a version of a model. */
  readonly model?: number | undefined;
  readonly number?: number | undefined;
  readonly path: string;
  /** SHA-256 that the bytes must have. */
  readonly digest?: string | undefined;
}

export interface ArtifactOptions {
  readonly contentType?: string | null | undefined;
  readonly descriptor?: string | null | undefined;
}

export interface HistoryInput {
  /** 1 … 100 000 points, 10 000 by default. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  /** Inclusive bounds on the step. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /**
   * Instead of a page: so many points (1 … 10 000) at most, evenly over the series in the order of (step, time, value), its
   * first and last among them.
   */
  readonly sample?: number | undefined;
}

export interface BucketInput {
  readonly axis?: "step" | "time" | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** 1 … 10 000, 1000 by default. */
  readonly buckets?: number | undefined;
}
