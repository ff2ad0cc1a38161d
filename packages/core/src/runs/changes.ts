import { createRun } from "./create.ts";
import { deleteRun, purgeRun, restoreRun } from "./delete.ts";
import { logRun } from "./log.ts";
import { addNote, deleteNote, updateNote } from "./note.ts";
import { clearIterations } from "./parts.ts";
import { updateRun } from "./update.ts";

export const runChanges = {
  "runs.create": createRun,
  "runs.update": updateRun,
  "runs.log": logRun,
  "runs.note": addNote,
  "runs.updateNote": updateNote,
  "runs.deleteNote": deleteNote,
  "runs.clearIterations": clearIterations,
  "runs.delete": deleteRun,
  "runs.restore": restoreRun,
  "runs.purge": purgeRun,
};
