import assert from "node:assert/strict";
import { test } from "node:test";
import { readProjectName } from "./read-project-name.ts";

test("the project is read from its line, however it is quoted", () => {
  const texts: [string, string | undefined][] = [
    ["project: credit", "credit"],
    ["\ufeffproject:   credit risk  # ours\r\nx: 1\r\n", "credit risk"],
    ["x:\n  project: nested\nproject: top", "top"],
    ['project: "a \\"b\\" # c" # d', 'a "b" # c'],
    ["'project': 'it''s'", "it's"],
    ["project: a#b", "a#b"],
    ["# project: no", undefined],
    ["projects: no\nproject:no", undefined],
    ["", undefined],
  ];
  for (const [yaml, name] of texts) assert.equal(readProjectName(yaml), name, yaml);
});

test("what YAML would read as no text is refused", () => {
  for (const value of [
    "",
    " ",
    " # none",
    " [a]",
    " {a: b}",
    " |",
    " >",
    " &a b",
    " *a",
    " !!str a",
    ' "a',
    " 'a",
    " a: b",
  ])
    assert.throws(() => readProjectName(`project:${value}`), /Please specify `project`/, value);
});
