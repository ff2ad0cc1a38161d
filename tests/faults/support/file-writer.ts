import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Client } from "@cairn/client";
import { createRun, postJson, sendUntilAnswered } from "./retrying.ts";
import type { FaultWriter } from "./writer.ts";

type Route = "put" | "proxy" | "parts";

const ROUTES: readonly Route[] = ["put", "proxy", "parts"];
const PART = 48 * 1024;

/**
 * Uploads files of up to 400 KB: by the native PUT, by MLflow's artifact proxy, and in parts that go on where they broke
 * off. Every fourth one replaces a file that is there.
 */
export function fileWriter(name: string, chance: () => number): FaultWriter {
  let url = "";
  let run = "";
  let number = 0;
  /** What was acknowledged last under each path, and what is on its way there. */
  const acknowledged = new Map<string, string>();
  let sending: { path: string; digest: string } | undefined;

  const store: Record<Route, (path: string, bytes: Buffer) => Promise<void>> = {
    async put(path, bytes) {
      await sendUntilAnswered(() =>
        fetch(`${url}/api/v1/runs/${run}/artifacts/${path}`, { method: "PUT", body: view(bytes) }),
      );
    },
    async proxy(path, bytes) {
      const target = `${url}/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/${path}`;
      await sendUntilAnswered(() => fetch(target, { method: "PUT", body: view(bytes) }));
    },
    async parts(path, bytes) {
      const opened = await postJson(`${url}/api/v1/uploads`, { size: bytes.length });
      const { id } = (await opened.json()) as { id: string };
      for (let at = 0; at < bytes.length; ) at = await continueUpload(id, bytes, at);
      await postJson(`${url}/api/v1/uploads/${id}/finish`, { run, path, digest: sha256(bytes) });
    },
  };

  /** Sends the next part, or asks how far the server came when it broke off. Gives back where to go on. */
  async function continueUpload(id: string, bytes: Buffer, at: number): Promise<number> {
    const response = await fetch(`${url}/api/v1/uploads/${id}`, {
      method: "PATCH",
      headers: { "upload-offset": String(at), "content-type": "application/octet-stream" },
      body: view(bytes.subarray(at, at + PART)),
    }).catch(() => undefined);
    const answer = response?.ok ? response : await sendUntilAnswered(() => fetch(`${url}/api/v1/uploads/${id}`));
    const { received } = (await answer.json().catch(() => ({ received: at }))) as { received: number };
    assert.ok(received >= at || response?.ok !== true, `an acknowledged part went back from ${at} to ${received}`);
    return received;
  }

  return {
    name,
    async begin(server) {
      url = server;
      run = await createRun(url, name);
    },
    async advance() {
      const route = ROUTES[number % ROUTES.length] ?? "put";
      const path = number % 4 === 3 ? `folder/file-${number - 3}.bin` : `folder/file-${number}.bin`;
      const bytes = Buffer.alloc(Math.floor(chance() ** 2 * 400_000), `${name} ${number} ${chance()} `);
      const digest = sha256(bytes);
      sending = { path, digest };
      await store[route](path, bytes);
      acknowledged.set(path, digest);
      sending = undefined;
      number += 1;
    },
    async verify(client) {
      if (run === "") return;
      const { items } = await client.artifacts.list(run, "folder", { limit: 10_000 });
      const found = items.map(({ path }) => path);
      assert.equal(new Set(found).size, found.length, `${name}: a file is listed twice`);
      for (const path of acknowledged.keys()) assert.ok(found.includes(path), `${name}: ${path} was acknowledged`);
      for (const path of found) await verifyFile(client, path);
    },
  };

  async function verifyFile(client: Client, path: string): Promise<void> {
    const content = await client.artifacts.find(run, path);
    assert.ok(content, `${name}: ${path} is listed, but not there`);
    const hash = createHash("sha256");
    let size = 0;
    for await (const bytes of content.read()) {
      hash.update(bytes);
      size += bytes.length;
    }
    assert.equal(size, content.size, `${name}: size of ${path}`);
    const allowed = [acknowledged.get(path), sending?.path === path ? sending.digest : undefined];
    assert.ok(allowed.includes(hash.digest("hex")), `${name}: ${path} holds something that was never sent whole`);
  }
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** fetch wants an array over plain memory. */
function view(bytes: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
