import { table } from "../store/table.ts";

/**
 * A file in a tree. `tree` names what owns it: `run/<run id>`, `loose/<project id>` …
 * New content under the same path is a new revision (1, 2, 3 …); the highest is the current one.
 * `removedAt` on the highest revision = the path is gone, though its older content is kept until it is purged.
 */
export interface FileRow {
  tree: string;
  path: string;
  revision: number;
  digest: string;
  size: number;
  contentType: string | null;
  descriptor: string | null;
  author: string;
  at: number;
  removedAt: number | null;
}

export const files = table<FileRow>()({
  columns: {
    tree: "text",
    path: "text",
    revision: "int",
    digest: "text",
    size: "int",
    contentType: "text?",
    descriptor: "text?",
    author: "text",
    at: "int",
    removedAt: "int?",
  },
  key: ["tree", "path", "revision"],
  indexes: { byDigest: ["digest"] },
});
