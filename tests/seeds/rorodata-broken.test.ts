// A save that breaks half-way: no reader ever sees half an image, and the next save works.
// test-timeout: 60 s
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { it } from "node:test";
import { createClient } from "@cairn/client";
import { openProject } from "@cairn/client/rorodata";
import { refuses } from "../services/support/expect.ts";
import { startCairn } from "../support/cairn-process.ts";
import { spawnCommand } from "../support/command.ts";
import { startCuttingProxy } from "./support/cutting-proxy.ts";

const MB = 1024 * 1024;

const saver = `
import { createClient } from "@cairn/client";
import { openProject } from "@cairn/client/rorodata";
const image = openProject(createClient(process.env.CAIRN_URL)).getModelRepository("m").newModelImage({ bias: 1 });
await image.attach("big", new Uint8Array(24 * 1024 * 1024));
await image.save("killed");
`;

it("a save over a line that is cut is saved, whole and once", async () => {
  await using server = await startCairn();
  await using line = await startCuttingProxy(server.url);
  const repo = await openProject(createClient(line.url)).createModelRepository("m");
  const model = new Uint8Array(randomBytes(40 * MB));
  const attached = randomBytes(12 * MB);
  const image = repo.newModelImage(model);
  await image.attach("big", attached);
  line.cut("up", 9 * MB, 4);
  await image.save("over a bad line");
  assert.equal(line.cuts(), 4);
  const again = await openProject(createClient(server.url)).getModelRepository("m").getModelImage();
  assert.equal(again.version, 1);
  assert.ok(Buffer.from(await again.getModel<Uint8Array>()).equals(Buffer.from(model)));
  assert.ok(Buffer.from((await (await again.getAttachments())[0]?.bytes()) ?? []).equals(attached));
});

it("a save whose process is killed leaves a draft, which is no image; the next save makes the next version", async () => {
  await using server = await startCairn();
  await using line = await startCuttingProxy(server.url);
  const client = createClient(server.url);
  const repo = await openProject(client).createModelRepository("m");
  const stalled = line.stall("up", 8 * MB);
  const command = [process.execPath, "--input-type=module-typescript", "-"];
  const saving = spawnCommand(command, { env: { CAIRN_URL: line.url }, input: saver });
  await Promise.race([stalled, saving.ended]);
  saving.process.kill("SIGKILL");
  await saving.ended;
  const { id = -1 } = (await client.models.find("m")) ?? {};
  const states = async () => (await client.versions.search({ models: [id], order: "number asc" })).items;
  assert.deepEqual(
    (await states()).map(({ number, state }) => [number, state]),
    [[1, "draft"]],
  );
  assert.deepEqual(await repo.getActivity(), []);
  assert.deepEqual(await repo.getTags(), {});
  await refuses("not_found", () => repo.getModelImage(), /no image yet/);
  await refuses("not_found", () => repo.getModelImage({ version: 1 }), /draft, which is no image/);
  const next = repo.newModelImage({ bias: 2 });
  await next.save();
  assert.equal(next.version, 2);
  assert.deepEqual(await (await repo.getModelImage()).getModel(), { bias: 2 });
});

it("a save that could not take its draft away takes it away the next time, and never what was sealed after all", async () => {
  await using server = await startCairn();
  const client = createClient(server.url);
  const { id } = await client.models.create({ name: "m" });
  let breaks: "write" | "seal" | undefined = "write";
  const away = () => Promise.reject(new Error("the server is away"));
  const project = openProject({
    ...client,
    versionFiles: {
      ...client.versionFiles,
      write: (...args) => (breaks ? away() : client.versionFiles.write(...args)),
    },
    versions: {
      ...client.versions,
      find: (...args) => (breaks ? away() : client.versions.find(...args)),
      seal: async (...args) => {
        const sealed = await client.versions.seal(...args);
        return breaks ? away() : sealed;
      },
    },
  });
  const image = project.getModelRepository("m").newModelImage({ bias: 1 });
  await assert.rejects(image.save(), /^Error: The image of 'm' was not saved: the server is away/);
  assert.deepEqual([image.version, (await client.versions.get(id, 1)).state], [undefined, "draft"]);
  breaks = undefined;
  await image.save();
  assert.equal(image.version, 2);
  assert.equal(await client.versions.find(id, "1"), undefined);

  const other = project.getModelRepository("m").newModelImage({ bias: 2 });
  await other.attach("log", "");
  breaks = "seal";
  // The bytes are there already, so that the save breaks where it asks for the seal.
  await client.files.write("same", new Blob([JSON.stringify({ bias: 2 })]).stream());
  await client.files.write("empty", new Blob([""]).stream());
  await assert.rejects(other.save(), /the server is away/);
  assert.equal((await client.versions.get(id, 3)).state, "sealed");
  breaks = undefined;
  await other.save();
  assert.equal((await client.versions.get(id, 3)).state, "sealed", "others may use it by now");
  assert.equal(other.version, 4);
});
