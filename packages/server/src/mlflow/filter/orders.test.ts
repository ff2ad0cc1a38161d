import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseExperimentFilter } from "./experiment-filter.ts";
import { parseExperimentOrder } from "./experiment-order.ts";
import { parseRunOrder } from "./run-order.ts";

const by = (name: string, descending: boolean) => ({ field: { kind: "attribute", name }, descending });
const metric = (key: string, descending: boolean) => ({ field: { kind: "metric", key, stat: "latest" }, descending });

describe("an order of runs", () => {
  it("ends with the newest start, then the id", () => {
    assert.deepEqual(parseRunOrder([]), [by("started", true), by("id", false)]);
    assert.deepEqual(parseRunOrder(["metrics.loss ASC"]), [
      metric("loss", false),
      by("started", true),
      by("id", false),
    ]);
    assert.deepEqual(parseRunOrder(["created", "run_id desc"]), [by("started", false), by("id", true)]);
  });

  it("takes quoted keys", () => {
    assert.deepEqual(parseRunOrder(['metrics."my loss" DESC'])[0], metric("my loss", true));
    assert.deepEqual(parseRunOrder(["metrics.`a-b`"])[0], metric("a-b", false));
    assert.deepEqual(parseRunOrder(["tags.mlflow.runName"])[0], by("name", false));
  });

  it("is refused in MLflow's words", () => {
    const refused: Record<string, RegExp> = {
      "": /Invalid order_by clause ''\. Could not be parsed\./,
      "metrics.a DESC x": /Invalid order_by clause 'metrics\.a DESC x'\. Could not be parsed\./,
      "metrics.a-b": /Could not be parsed/,
      "metrics.a up": /Invalid ordering key in order_by clause 'metrics\.a up'\./,
      loss: /Invalid attribute key 'loss' specified/,
      "m.loss": /Invalid entity type 'm'/,
      "dataset.name": /Invalid identifier type 'dataset'/,
    };
    for (const [order, message] of Object.entries(refused)) assert.throws(() => parseRunOrder([order]), message, order);
    assert.throws(
      () => parseRunOrder(["start_time", "created DESC"]),
      /`order_by` contains duplicate fields: \['start_time', 'created DESC'\]/,
    );
  });
});

describe("a search for experiments", () => {
  it("orders the newest first, ties by the id", () => {
    assert.deepEqual(parseExperimentOrder([]), [by("created", true), by("id", false)]);
    assert.deepEqual(parseExperimentOrder(["name"]), [by("name", false), by("id", true)]);
    assert.deepEqual(parseExperimentOrder(["experiment_id ASC", "last_update_time DESC"]), [
      by("id", false),
      by("updated", true),
    ]);
    assert.throws(() => parseExperimentOrder(["tags.a"]), /Invalid order_by entity: tag/);
  });

  it("filters by name, times, id and tags", () => {
    assert.deepEqual(parseExperimentFilter("attribute.name ILIKE 'a%'"), {
      op: "like",
      field: { kind: "attribute", name: "name" },
      pattern: "a%",
      ignoreCase: true,
      negated: false,
    });
    assert.deepEqual(parseExperimentFilter("creation_time >= 5"), {
      op: "compare",
      field: { kind: "attribute", name: "created" },
      comparison: ">=",
      value: 5,
    });
    assert.deepEqual(parseExperimentFilter("experiment_id IN ('1', '2')"), {
      op: "in",
      field: { kind: "attribute", name: "id" },
      values: [1, 2],
      negated: false,
    });
    assert.deepEqual(parseExperimentFilter("tags.a IS NULL"), {
      op: "null",
      field: { kind: "tag", key: "a" },
      negated: false,
    });
  });

  it("is refused in MLflow's words", () => {
    const refused: Record<string, RegExp> = {
      "name = 5": /Expected a quoted string value for attributes\. Got value 5/,
      "name > 'a'": /Invalid comparator '>'/,
      "creation_time = 1.5": /Invalid value for numeric attribute 'creation_time'/,
      "lifecycle_stage = 'a'": /Invalid attribute key 'lifecycle_stage' specified/,
      "metrics.a = 1": /Invalid entity type 'metrics'\. Valid entity types are \('attribute', 'tag', 'tags'\)/,
      "name IS NULL": /IS NULL \/ IS NOT NULL is only supported for tags, not for attribute 'name'/,
      "name IN ('a')": /Only \['experiment_id'\] attributes support/,
    };
    for (const [filter, message] of Object.entries(refused))
      assert.throws(() => parseExperimentFilter(filter), message, filter);
  });
});
