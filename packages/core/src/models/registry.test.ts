// Numbers that come back, a `latest` that lags behind a deletion, and a label that hides a number are seen only after
// several steps: so random ones are held against the rules as plain code says them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { projectChanges } from "../projects/changes.ts";
import { purgeSlice } from "../runs/purge.ts";
import type { WriteContext } from "../store/context.ts";
import { memoryTx } from "../store/testing.ts";
import { modelChanges } from "./changes.ts";
import type { Model } from "./model.ts";
import { checkAlias, checkLabel, checkModelName } from "./names.ts";
import { readModel } from "./read.ts";
import { parseModelRef, parseVersionNumber, resolveRef } from "./ref.ts";
import type { NewVersion } from "./version-changes.ts";

function newContext(): WriteContext {
  const tx = memoryTx();
  const context = { tx, at: 1, author: "ada", emit: () => {} } as unknown as WriteContext;
  projectChanges["projects.init"](context, {});
  return context;
}

function newModel(context: WriteContext): Model {
  const given = { project: "default", name: "m", description: "", author: "", tags: {}, onConflict: "error" } as const;
  return modelChanges["models.create"](context, given);
}

function newVersion(model: number, label: string | null, state: "draft" | "sealed"): NewVersion {
  return {
    model,
    label,
    state,
    onConflict: "error",
    stage: "",
    metadata: { a: 1 },
    comment: "",
    author: "",
    run: null,
    source: null,
    link: null,
    checkpoint: null,
    tags: { t: "x" },
    from: null,
    manifest: [{ path: "a", digest: "0".repeat(64), size: 1, contentType: null, descriptor: null }],
  };
}

/** The rules, with nothing clever. */
interface Naive {
  last: number;
  readonly versions: Map<number, { label: string | null; sealed: boolean }>;
  readonly aliases: Map<string, number>;
}

function latestOf({ versions }: Naive): number | null {
  const sealed = [...versions].filter(([, { sealed }]) => sealed).map(([number]) => number);
  return sealed.length === 0 ? null : Math.max(...sealed);
}

function resolveNaively(naive: Naive, ref: string): number | undefined {
  const byLabel = [...naive.versions].find(([, { label }]) => label === ref)?.[0];
  if (/^\d+$/.test(ref)) return [...naive.versions.keys()].find((number) => String(number) === ref) ?? byLabel;
  return (ref === "latest" ? latestOf(naive) : naive.aliases.get(ref)) ?? byLabel;
}

const label = fc.constantFrom("1", "2", "03", "1.0", "live", "x");
const alias = fc.constantFrom("live", "x", "y");
const number = fc.nat(8);
const step = fc.oneof(
  fc.record({ act: fc.constant("create" as const), label: fc.option(label), sealed: fc.boolean() }),
  fc.record({ act: fc.constant("delete" as const), number }),
  fc.record({ act: fc.constant("seal" as const), number }),
  fc.record({ act: fc.constant("alias" as const), alias, number }),
);

describe("the registry's rules", () => {
  it("give numbers, latest, aliases and refs as plain code does, after any steps", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const context = newContext();
        const { id } = newModel(context);
        const naive: Naive = { last: 0, versions: new Map(), aliases: new Map() };
        for (const each of steps) {
          const known = "number" in each && naive.versions.get(each.number);
          const isTaken = "label" in each && [...naive.versions.values()].some((v) => v.label === each.label);
          const refused =
            each.act === "create" ? each.label !== null && isTaken : known === undefined || known === false;
          const act = () => {
            if (each.act === "create") {
              const made = modelChanges["versions.create"](
                context,
                newVersion(id, each.label, each.sealed ? "sealed" : "draft"),
              );
              assert.equal(made.number, naive.last + 1);
            } else if (each.act === "delete") {
              modelChanges["versions.delete"](context, { model: id, number: each.number });
            } else if (each.act === "seal") {
              modelChanges["versions.seal"](context, { model: id, number: each.number });
            } else modelChanges["models.setAlias"](context, { id, alias: each.alias, number: each.number });
          };
          if (refused) {
            assert.throws(act, { code: each.act === "create" ? "conflict" : "not_found" });
            continue;
          }
          act();
          if (each.act === "create") {
            naive.last += 1;
            naive.versions.set(naive.last, { label: each.label, sealed: each.sealed });
          } else if (each.act === "alias") naive.aliases.set(each.alias, each.number);
          else if (each.act === "seal" && known) known.sealed = true;
          else if (each.act === "delete") {
            naive.versions.delete(each.number);
            for (const [name, at] of [...naive.aliases]) if (at === each.number) naive.aliases.delete(name);
          }
        }
        const row = context.tx.get("models", id);
        assert.ok(row !== undefined);
        const model = readModel(context.tx, row);
        assert.equal(model.latest, latestOf(naive));
        assert.equal(model.versions, naive.versions.size);
        assert.deepEqual(new Map(Object.entries(model.aliases)), naive.aliases);
        for (const ref of ["0", "1", "2", "3", "03", "8", "1.0", "live", "x", "y", "latest", "nope"]) {
          assert.equal(resolveRef(context.tx, id, ref)?.number, resolveNaively(naive, ref), ref);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leave nothing of a purged model, however many slices it takes", () => {
    const context = newContext();
    const { id } = newModel(context);
    for (let n = 0; n < 250; n++) modelChanges["versions.create"](context, newVersion(id, null, "sealed"));
    modelChanges["models.setAlias"](context, { id, alias: "live", number: 3 });
    modelChanges["models.delete"](context, { id });
    modelChanges["models.purge"](context, { id });
    assert.throws(() => modelChanges["versions.seal"](context, { model: id, number: 1 }), { code: "not_found" });
    let slices = 0;
    while (purgeSlice(context)) slices += 1;
    assert.ok(slices > 250, `${slices} slices`);
    const tables = ["models", "modelTags", "aliases", "versions", "versionTags", "versionMetadata", "files", "purges"];
    for (const table of tables) assert.equal(context.tx.count(table as "files", { prefix: [] }), 0, table);
  });
});

describe("a model reference", () => {
  it("is parted at its first colon, and is the latest without one", () => {
    assert.deepEqual(parseModelRef("credit:1.0"), { name: "credit", ref: "1.0" });
    assert.deepEqual(parseModelRef("credit"), { name: "credit", ref: "latest" });
    assert.deepEqual(parseModelRef("a b:c:d"), { name: "a b", ref: "c:d" });
    for (const text of ["", ":", ":1", "a:"]) assert.throws(() => parseModelRef(text), { code: "invalid" }, text);
  });

  it("goes there and back for every name and label that is taken", () => {
    const taken = (check: (text: string) => string) => (text: string) => {
      try {
        return check(text) === text;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }).filter(taken(checkModelName)),
        fc.oneof(fc.string(), label, alias).filter((text) => taken(checkLabel)(text) || taken(checkAlias)(text)),
        (name, ref) => assert.deepEqual(parseModelRef(`${name}:${ref}`), { name, ref }),
      ),
    );
  });

  it("has a number only in plain digits", () => {
    assert.equal(parseVersionNumber("12"), 12);
    for (const text of ["0", "01", "-1", "1.0", "1e3", " 1", "9007199254740993", ""]) {
      assert.equal(parseVersionNumber(text), undefined, text);
    }
  });
});
