/** What services ask of files: a real delete takes those of a run or checkpoint along where no row names them. */
export interface RunFiles {
  /** Finds where the files lie, while the run is known; they go when the answer is called. */
  clear(run: string): Promise<() => Promise<void>>;
  clearCheckpoint(checkpoint: string): Promise<() => Promise<void>>;
  /** The same for all runs and checkpoints of an experiment. */
  clearAll(experiment: number): Promise<() => Promise<void>>;
}
