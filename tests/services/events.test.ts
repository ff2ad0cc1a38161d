import assert from "node:assert/strict";
import { freshName, points } from "./support/expect.ts";
import { overHttp } from "./support/worlds.ts";

interface Message {
  readonly event: string;
  readonly id: string;
  readonly data: { readonly kind?: string; readonly id?: string; readonly experiment?: number | null };
}

/** Reads a stream of server-sent events until it is left. */
async function* subscribe(url: string, query = "", lastEventId?: string): AsyncGenerator<Message> {
  const abort = new AbortController();
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const response = await fetch(`${url}/api/v1/events${query}`, { headers, signal: abort.signal });
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  let text = "";
  try {
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const frames = (text + part).split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const fields = Object.fromEntries(frame.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
        if (fields["event"] === undefined) continue;
        yield { event: fields["event"], id: fields["id"] ?? "", data: JSON.parse(fields["data"] ?? "{}") };
      }
    }
  } finally {
    abort.abort();
  }
}

async function next(stream: AsyncGenerator<Message>): Promise<Message> {
  const { done, value } = await stream.next();
  assert.ok(!done, "the stream has ended");
  return value;
}

overHttp("live events", {
  "a change is heard of, by kind and id": async ({ services, url }) => {
    const stream = subscribe(url);
    assert.equal((await next(stream)).event, "ready");
    const { id } = await services.experiments.create({ name: freshName("live") });
    assert.deepEqual((await next(stream)).data, { kind: "experiment.created", id: String(id), experiment: id });
    const run = await services.runs.create({ experiment: id });
    const created = await next(stream);
    assert.deepEqual([created.event, created.data.id], ["run.created", run.id]);
    await services.runs.log(run.id, { points: points([{ key: "k", step: 1, time: 1, value: 1 }]) });
    assert.deepEqual((await next(stream)).data, { kind: "series.appended", id: run.id, experiment: id });
    await stream.return(undefined);
  },

  "a client that comes back hears what it missed, in order and once": async ({ services, url }) => {
    const first = subscribe(url);
    const { id: mark } = await next(first);
    await first.return(undefined);
    const { id } = await services.experiments.create({ name: freshName("missed") });
    const run = await services.runs.create({ experiment: id });
    const second = subscribe(url, "", mark);
    const missed = [await next(second), await next(second)];
    assert.deepEqual(
      missed.map(({ data }) => [data.kind, data.id]),
      [
        ["experiment.created", String(id)],
        ["run.created", run.id],
      ],
    );
    await second.return(undefined);
    const third = subscribe(url, `?after=${missed[0]?.id}`);
    assert.equal((await next(third)).data.id, run.id);
    await third.return(undefined);
  },

  "a mark of another process, or of no process, begins with reset": async ({ url }) => {
    for (const mark of ["elsewhere-5", "nonsense", "-", "0"]) {
      const stream = subscribe(url, "", mark);
      assert.equal((await next(stream)).event, "reset", mark);
      await stream.return(undefined);
    }
  },

  "models and versions are heard of by who hears of everything": async ({ services, url }) => {
    const all = subscribe(url);
    await next(all);
    const of = await services.experiments.create({ name: freshName("models") });
    assert.equal((await next(all)).event, "experiment.created");
    const some = subscribe(url, `?experiment=${of.id}`);
    await next(some);
    const { id } = await services.models.create({ name: freshName("live") });
    assert.deepEqual((await next(all)).data, { kind: "model.created", id: String(id), experiment: null });
    await services.versions.create(id);
    assert.deepEqual((await next(all)).data, { kind: "version.created", id: `${id}/1`, experiment: null });
    const run = await services.runs.create({ experiment: of.id });
    assert.equal((await next(some)).data.id, run.id);
    await Promise.all([all.return(undefined), some.return(undefined)]);
  },

  "only the experiments asked for are heard of": async ({ services, url }) => {
    const one = await services.experiments.create({ name: freshName("heard") });
    const other = await services.experiments.create({ name: freshName("not heard") });
    const stream = subscribe(url, `?experiment=${one.id}`);
    await next(stream);
    await services.runs.create({ experiment: other.id });
    const { id } = await services.runs.create({ experiment: one.id });
    assert.equal((await next(stream)).data.id, id);
    await stream.return(undefined);
    assert.equal((await fetch(`${url}/api/v1/events?experiment=x`)).status, 400);
  },

  "many hints about one run go out as few": async ({ services, url }) => {
    const { id } = await services.runs.create();
    const stream = subscribe(url);
    await next(stream);
    const write = (step: number) =>
      services.runs.log(id, { points: points([{ key: "k", step, time: step, value: 1 }]) });
    await Promise.all(Array.from({ length: 200 }, (_, step) => write(step)));
    await services.runs.update(id, { name: "the end" });
    let appended = 0;
    for (let message = await next(stream); message.event !== "run.updated"; message = await next(stream)) appended++;
    assert.ok(appended >= 1 && appended < 100, String(appended));
    await stream.return(undefined);
  },
});
