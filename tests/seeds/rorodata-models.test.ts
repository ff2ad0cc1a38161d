// Seed 001: what a model may be, and that it comes back as it was.
// test-timeout: 300 s
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { serialize } from "node:v8";
import { type Client, createClient } from "@cairn/client";
import { openFile } from "@cairn/client/node";
import { type ModelRepository, type OnnxModel, onnxModel, openProject, type Serializer } from "@cairn/client/rorodata";
import { cachedFolder } from "../../scripts/cached-folder.ts";
import { bytesOf, refuses } from "../services/support/expect.ts";
import { type CairnProcess, startCairn } from "../support/cairn-process.ts";

let server: CairnProcess;
let client: Client;
let repo: ModelRepository;
let folder: string;

before(async () => {
  server = await startCairn();
  client = createClient(server.url);
  repo = await openProject(client).createModelRepository("kinds");
  folder = mkdtempSync(join(tmpdir(), "cairn-kinds-"));
});
after(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Saved, and read again by somebody else. */
async function saveAndRead(model: unknown): Promise<{ encoding: unknown; model: unknown; files: string[] }> {
  const image = repo.newModelImage(model);
  await image.save();
  assert.equal(await image.getModel(), model, "the image that was saved has the object itself");
  const again = await repo.getModelImage({ version: image.version });
  const files = (await again.getModelFiles()).map(({ filename }) => filename);
  return { encoding: again["Content-Encoding"], model: await again.getModel(), files };
}

describe("a model", () => {
  it("of plain data is JSON, which every language reads", async () => {
    for (const model of [{ a: [1, "x", null, { b: true }], "it's": -1.5 }, [1, 2], {}]) {
      assert.deepEqual(await saveAndRead(model), { encoding: "json", model, files: ["model.json"] });
    }
  });

  it("of any structured-cloneable value comes back as it was", async () => {
    const shared = { weight: 1 };
    const ring: { self?: unknown; list: unknown[] } = { list: [shared, shared] };
    ring.self = ring;
    const model = {
      map: new Map<unknown, unknown>([["k", new Set([1n])]]),
      date: new Date(7),
      weights: new Float32Array([0.1, Number.NaN]),
      zero: -0,
      nothing: undefined,
      pattern: /a'b/giu,
      error: new RangeError("x"),
    };
    const read = await saveAndRead(model);
    assert.deepEqual([read.encoding, read.files], ["structured-clone", ["model.object"]]);
    assert.deepStrictEqual(read.model, model);
    const circle = (await saveAndRead(ring)).model as typeof ring;
    assert.equal(circle.self, circle);
    assert.equal(circle.list[0], circle.list[1]);
    for (const plain of ["text", 7, Number.NaN, true, 10n]) assert.deepEqual((await saveAndRead(plain)).model, plain);
  });

  it("of bytes, a Blob or an opened file comes back as bytes", async () => {
    const bytes = new Uint8Array([0, 1, 255]);
    writeFileSync(join(folder, "model.bin"), bytes);
    for (const model of [bytes, bytes.buffer, new Blob([bytes]), await openFile(join(folder, "model.bin"))]) {
      const read = await saveAndRead(model);
      assert.deepEqual(read, { encoding: "bytes", model: bytes, files: ["model.bin"] });
    }
  });

  it("in ONNX is its file, byte for byte, and no other file passes for one", async () => {
    // ModelProto { ir_version: 8, producer_name: "x", graph: 300 bytes }
    const onnx = Uint8Array.from([0x08, 8, 0x12, 1, 0x78, 0x3a, 0xac, 0x02, ...Array.from({ length: 300 }, () => 1)]);
    writeFileSync(join(folder, "model.onnx"), onnx);
    for (const content of [onnx, await openFile(join(folder, "model.onnx"))]) {
      const image = repo.newModelImage(onnxModel(content));
      await image.save();
      const again = await repo.getModelImage();
      assert.equal(again["Content-Encoding"], "onnx");
      assert.deepEqual(await (await again.getModel<OnnxModel>()).bytes(), onnx);
    }
    const before = (await repo.getActivity()).length;
    for (const bad of [onnx.subarray(0, 40), onnx.subarray(0, 5), new Uint8Array(9), new Uint8Array(), bytes("<html>")])
      await refuses("invalid", () => repo.newModelImage(onnxModel(bad)).save(), /not an ONNX file/);
    assert.equal((await repo.getActivity()).length, before);
  });

  it("that is missing, or of which something would be lost, is refused, and nothing is stored", async () => {
    class Tree {
      depth = 3;
    }
    class Table extends Map {}
    const before = (await repo.getActivity()).length;
    for (const nothing of [undefined, null])
      await refuses("invalid", () => repo.newModelImage(nothing).save(), /^model object is not specified/);
    const strangers: [unknown, RegExp][] = [
      [new Tree(), /^Object of type Tree is not serializable/],
      [() => 1, /^Object of type Function is not serializable/],
      [{ a: [new Tree()] }, /type Tree is not serializable \(it is at 'a\.0'/],
      [{ score: () => 1 }, /type Function .* at 'score'/],
      [new Table(), /type Table/],
      [new Map([[new Tree(), 1]]), /type Tree/],
      [Symbol("x"), /type symbol/],
      [Promise.resolve(1), /type Promise/],
    ];
    for (const [model, message] of strangers) await refuses("invalid", () => repo.newModelImage(model).save(), message);
    assert.equal((await repo.getActivity()).length, before);
  });

  it("of a kind of one's own is stored by one's own serializer, which others need as well", async () => {
    class Tree {
      readonly depth: number;
      constructor(depth: number) {
        this.depth = depth;
      }
    }
    const trees: Serializer = {
      name: "tree",
      canSerialize: (model) => model instanceof Tree,
      serialize: async (model) => [
        { path: "depth.txt", content: String((model as Tree).depth), contentType: "text/plain" },
      ],
      deserialize: async (files) => new Tree(Number(new TextDecoder().decode(await files.bytes("depth.txt")))),
    };
    const mine = openProject(client, "default", { serializers: [trees] }).getModelRepository("kinds");
    await mine.newModelImage(new Tree(4)).save();
    const again = await mine.getModelImage();
    assert.equal(again["Content-Encoding"], "tree");
    assert.deepEqual(await again.getModel(), new Tree(4));
    const theirs = await repo.getModelImage();
    await refuses("unsupported", () => theirs.getModel(), /Content-Encoding 'tree', for which there is no serializer/);
    assert.equal((await theirs.getModelFiles())[0]?.filename, "depth.txt");
  });

  it("that somebody else stored is read as data: damage is named, and a version without an encoding has its files", async () => {
    const { id } = (await client.models.find("kinds")) ?? { id: -1 };
    const put = async (encoding: string | undefined, path: string, content: string | Uint8Array) => {
      const metadata = encoding === undefined ? {} : { "Content-Encoding": encoding };
      const { number } = await client.versions.create(id, { metadata });
      await client.versionFiles.write(id, number, path, bytesOf(content));
      await client.versions.seal(id, number);
      return repo.getModelImage({ version: number });
    };
    for (const [encoding, path] of [
      ["json", "model.json"],
      ["structured-clone", "model.object"],
      ["structured-clone", "model.v8"],
      ["tfjs", "model.json"],
    ] as const) {
      const damaged = await put(encoding, `model/${path}`, "process.exit(1)");
      await refuses("invalid", () => damaged.getModel(), /cannot be read as|not found/).catch(async (error) => {
        if (encoding !== "tfjs") throw error;
        await refuses("unsupported", () => damaged.getModel(), /TensorFlow/);
      });
    }
    await refuses(
      "not_found",
      async () => (await put("json", "model/other", "{}")).getModel(),
      /has no file 'model.json'/,
    );
    const old = new Map<unknown, unknown>([["weights", new Float32Array([0.5])]]);
    assert.deepEqual(await (await put("structured-clone", "model/model.v8", serialize(old))).getModel(), old);
    const polluting = await put("json", "model/model.json", '{"__proto__":{"polluted":true}}');
    await polluting.getModel();
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    const foreign = await put(undefined, "MLmodel", "flavors: {}");
    await refuses("unsupported", () => foreign.getModel(), /names no Content-Encoding/);
    assert.deepEqual([(await foreign.getModelFiles())[0]?.filename, await foreign.getAttachments()], ["MLmodel", []]);
  });

  it("is read once, and again by repo.getModel for the latest or another image", async () => {
    await repo.newModelImage({ n: 1 }).save();
    const image = await repo.getModelImage();
    assert.equal(await image.getModel(), await image.getModel());
    assert.deepEqual(await repo.getModel(), { n: 1 });
    const { version = 0 } = image;
    await repo.newModelImage({ n: 2 }).save();
    assert.deepEqual([await repo.getModel(), await repo.getModel({ version })], [{ n: 2 }, { n: 1 }]);
  });
});

describe("a TensorFlow.js model", () => {
  // biome-ignore lint/suspicious/noExplicitAny: the library is not among the project's modules, nor are its types.
  let tf: any;
  before(async () => {
    const folder = await tensorflowFolder();
    tf = createRequire(join(folder, "index.js"))("@tensorflow/tfjs");
    tf.enableProdMode();
    await tf.setBackend("cpu");
  });

  it("predicts the same when it is read again, and goes on training", async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [3], units: 4, activation: "relu" }),
        tf.layers.dense({ units: 1, activation: "sigmoid" }),
      ],
    });
    model.compile({ optimizer: "adam", loss: "binaryCrossentropy" });
    const x = tf.tensor2d([
      [1, 2, 3],
      [0, 1, 0],
      [5, 5, 5],
    ]);
    const y = tf.tensor2d([[1], [0], [1]]);
    await model.fit(x, y, { epochs: 2, verbose: 0 });
    const own = openProject(client, "default", { tf }).getModelRepository("kinds");
    const image = own.newModelImage(model);
    await image.save("tfjs");
    const again = await own.getModelImage({ tag: "latest" });
    assert.equal(again["Content-Encoding"], "tfjs");
    assert.deepEqual(
      (await again.getModelFiles()).map(({ filename }) => filename),
      ["model.json", "weights.bin"],
    );
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const read = await again.getModel<any>();
    assert.notEqual(read, model);
    assert.deepEqual([...read.predict(x).dataSync()], [...model.predict(x).dataSync()]);
    const options = { epochs: 1, verbose: 0, shuffle: false };
    const [one, other] = [await model.fit(x, y, options), await read.fit(x, y, options)];
    assert.deepEqual(other.history, one.history);
  });

  it("says what is missing where TensorFlow.js is not", async () => {
    const [image] = (await repo.getActivity()).filter(({ comment }) => comment === "tfjs");
    assert.ok(image);
    await refuses("unsupported", () => image.getModel(), /install '@tensorflow\/tfjs'/);
  });
});

/** The same that the example trains with, installed once outside the clone. */
async function tensorflowFolder(): Promise<string> {
  const example = join(import.meta.dirname, "..", "..", "examples", "tfjs-digits");
  const hash = createHash("sha256")
    .update(readFileSync(join(example, "package-lock.json")))
    .digest("hex");
  return cachedFolder({
    key: `tfjs-${hash.slice(0, 16)}`,
    title: "TensorFlow.js",
    build: async (target) => {
      for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(example, name), join(target, name));
      const { status, stderr } = spawnSync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], {
        cwd: target,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`npm ci ended with ${status}:\n${stderr}`);
    },
  });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
