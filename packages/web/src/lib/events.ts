import { API_ROOT } from "@cairn/contract";
import type { EventKind, TrackerEvent } from "@cairn/core";
import { useEffect, useEffectEvent } from "react";
import { endEarly, forgetEarly } from "./early.ts";
import { SERVER_URL } from "./server.ts";

/** `reset`: what came in the meantime is not known; read anew whatever is shown. */
export type Hint = TrackerEvent | { readonly kind: "reset" };
type Listener = (hint: Hint) => void;

const KINDS: readonly EventKind[] = [
  "experiment.created",
  "experiment.updated",
  "experiment.deleted",
  "run.created",
  "run.updated",
  "run.deleted",
  "checkpoint.created",
  "checkpoint.updated",
  "checkpoint.deleted",
  "series.appended",
  "artifact.changed",
  "model.created",
  "model.updated",
  "model.deleted",
  "version.created",
  "version.updated",
  "version.deleted",
  "view.created",
  "view.updated",
  "view.deleted",
];

const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** One stream for the whole page: a browser allows six connections to a server in all. */
function open(): EventSource {
  const mark = endEarly();
  const after = mark === undefined ? "" : `?after=${mark}`;
  const stream = new EventSource(`${SERVER_URL}${API_ROOT}/events${after}`);
  const tell = (hint: Hint) => {
    forgetEarly();
    for (const listener of [...listeners]) listener(hint);
  };
  for (const kind of KINDS) stream.addEventListener(kind, ({ data }) => tell(JSON.parse(String(data)) as TrackerEvent));
  stream.addEventListener("reset", () => tell({ kind: "reset" }));
  return stream;
}

/** Calls the listener with each hint of the server while anybody listens. @returns stops it. */
export function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  source ??= open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = undefined;
  };
}

/** As long as the component is shown, `listener` hears every hint. It may change from render to render. */
export function useHints(listener: Listener): void {
  const tell = useEffectEvent(listener);
  useEffect(() => subscribe((hint) => tell(hint)), []);
}
