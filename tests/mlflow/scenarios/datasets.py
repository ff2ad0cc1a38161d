import mlflow
import pandas as pd
from mlflow import MlflowClient

from scenario import main, refused, scenario

client = MlflowClient()
experiment = mlflow.set_experiment("datasets").experiment_id
frame = pd.DataFrame({"x": [1, 2, 3], "y": [0.1, 0.2, 0.3]})


@scenario
def logged():
    """a data frame logged as input comes back with its source, schema, profile and context"""
    dataset = mlflow.data.from_pandas(frame, source="https://example.com/data.csv", name="points", targets="y")
    with mlflow.start_run() as run:
        mlflow.log_input(dataset, context="training", tags={"split": "80/20"})
        mlflow.log_input(dataset, context="training")
    inputs = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert len(inputs) == 1, "the same dataset is one input"
    got = inputs[0]
    assert got.dataset.name == "points" and got.dataset.digest == dataset.digest
    assert got.dataset.source_type == "http" and "example.com" in got.dataset.source
    assert "x" in got.dataset.schema and "num_rows" in got.dataset.profile
    assert {t.key: t.value for t in got.tags} == {"mlflow.data.context": "training", "split": "80/20"}
    assert mlflow.data.get_source(got.dataset).url == "https://example.com/data.csv"


@scenario
def searched():
    """runs are found by their datasets"""
    runs = {}
    for name, context in (("alpha", "train"), ("beta", "eval")):
        with mlflow.start_run() as run:
            mlflow.log_input(mlflow.data.from_pandas(frame, name=name), context=context)
        runs[name] = run.info.run_id
    find = lambda filter: [r.info.run_id for r in client.search_runs([experiment], filter)]
    assert find("dataset.name = 'alpha'") == [runs["alpha"]]
    assert find("datasets.name LIKE 'bet_'") == [runs["beta"]]
    assert find("dataset.context = 'eval'") == [runs["beta"]]
    assert set(find("dataset.name IN ('alpha', 'beta')")) == set(runs.values())
    assert find("dataset.name = 'alpha' AND dataset.context = 'eval'") == []


@scenario
def several():
    """a run may have several inputs"""
    with mlflow.start_run() as run:
        for name in ("one", "two", "three"):
            mlflow.log_input(mlflow.data.from_pandas(frame.assign(z=len(name)), name=name))
    inputs = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert sorted(i.dataset.name for i in inputs) == ["one", "three", "two"]


@scenario
def limits():
    """a dataset's name and tags have their limits"""
    from mlflow.entities import Dataset, DatasetInput, InputTag

    id = client.create_run(experiment).info.run_id
    make = lambda name="n", digest="d", tags=(): [DatasetInput(Dataset(name, digest, "local", "{}"), list(tags))]
    refused("INVALID_PARAMETER_VALUE", "'name' exceeds the maximum length of 500", client.log_inputs, id, make("n" * 501))
    refused("INVALID_PARAMETER_VALUE", "'digest' exceeds the maximum length of 36", client.log_inputs, id, make(digest="d" * 37))
    refused("INVALID_PARAMETER_VALUE", "'value' exceeds the maximum length of 500", client.log_inputs, id, make(tags=[InputTag("k", "v" * 501)]))
    assert client.get_run(id).inputs.dataset_inputs == []


main()
