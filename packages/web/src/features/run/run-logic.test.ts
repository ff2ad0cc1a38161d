import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseOrigin } from "./origin.ts";
import { parameterGroups, parametersAsJson, parametersAsLines } from "./parameter-groups.ts";
import { idLike } from "./run-id.ts";
import { parseRunView } from "./run-view.ts";

const parameters = [
  { group: "model", key: "layer10", value: 1 },
  { group: "model", key: "layer2", value: [1, { a: true }] },
  { group: "", key: "seed", value: 7 },
  { group: "", key: "model", value: "resnet" },
];

describe("parameters", () => {
  it("stand by group, those without one first, numbers in keys by their size", () => {
    assert.deepEqual(
      parameterGroups(parameters).map(({ group, parameters: each }) => [group, each.map(({ key }) => key)]),
      [
        ["", ["model", "seed"]],
        ["model", ["layer2", "layer10"]],
      ],
    );
  });

  it("stand in a group that was written into the key", () => {
    const groups = parameterGroups([
      { group: "", key: "optimizer/lr", value: 1 },
      { group: "optimizer", key: "a/b", value: 2 },
      { group: "", key: "/odd", value: 3 },
      { group: "", key: "odd/", value: 4 },
    ]);
    assert.deepEqual(
      groups.map(({ group, parameters: each }) => [group, each.map(({ key }) => key)]),
      [
        ["", ["/odd", "odd/"]],
        ["optimizer", ["a/b", "lr"]],
      ],
    );
  });

  it("are found by words of their key or value", () => {
    const found = (filter: string) =>
      parameterGroups(parameters, filter).flatMap(({ parameters: each }) => each.map(({ key }) => key));
    assert.deepEqual(found("MODEL/ layer1"), ["layer10"]);
    assert.deepEqual(found("resnet"), ["model"]);
    assert.deepEqual(found("nothing such"), []);
  });

  it("are copied as JSON without losing one whose key is a group's name, and as lines", () => {
    const groups = parameterGroups(parameters);
    assert.deepEqual(JSON.parse(parametersAsJson(groups)), {
      "/model": "resnet",
      seed: 7,
      model: { layer2: [1, { a: true }], layer10: 1 },
    });
    assert.equal(parametersAsLines(groups), 'model=resnet\nseed=7\nmodel/layer2=[1,{"a":true}]\nmodel/layer10=1');
  });
});

describe("parseOrigin", () => {
  it("finds code and environment in tags, whatever word a client puts before them", () => {
    const { rows, description, otherTags } = parseOrigin({
      "x.source.name": "train.py",
      "x.source.git.commit": "3f2a9c1d",
      "x.source.git.repoURL": "https://github.com/a/b.git",
      "git.branch": "main",
      "env.python": "3.12",
      "x.note.content": "**hi**",
      team: "vision",
      "x.user": "",
    });
    assert.deepEqual(
      rows.map(({ part, name, text }) => [part, name, text]),
      [
        ["source", undefined, "train.py"],
        ["commit", undefined, "3f2a9c1d"],
        ["branch", undefined, "main"],
        ["repository", undefined, "https://github.com/a/b.git"],
        ["environment", "python", "3.12"],
      ],
    );
    assert.equal(rows[1]?.link, "https://github.com/a/b/commit/3f2a9c1d");
    assert.equal(description, "**hi**");
    assert.deepEqual(otherTags, { team: "vision", "x.user": "" });
  });

  it("makes no link of what would run", () => {
    const { rows } = parseOrigin({
      "git.repo": "javascript:alert(1)",
      "git.commit": "3f2a9c1d",
      "source.name": "data:text/html,x",
    });
    assert.deepEqual(
      rows.map(({ link }) => link),
      [undefined, undefined, undefined],
    );
  });
});

describe("the address of a run", () => {
  it("passes over nonsense", () => {
    assert.deepEqual(parseRunView({ tab: "nope", rev: "-1", checkpoint: "x", q: undefined }), {
      tab: "overview",
      filter: "",
      path: "",
      revision: undefined,
      checkpoint: undefined,
    });
    const checkpoint = `m-${"0a".repeat(16)}`;
    assert.deepEqual(parseRunView({ tab: "artifacts", rev: "12", path: "a/b", q: "lr", checkpoint }), {
      tab: "artifacts",
      filter: "lr",
      path: "a/b",
      revision: 12,
      checkpoint,
    });
  });

  it("knows an id that was written otherwise", () => {
    const id = "0123456789abcdef0123456789abcdef";
    assert.equal(idLike("01234567-89AB-cdef-0123-456789abcdef"), id);
    assert.equal(idLike(` ${id}.`), id);
    assert.equal(idLike(id), undefined);
    assert.equal(idLike("0123"), undefined);
  });
});
