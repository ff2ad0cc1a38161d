import tempfile
from pathlib import Path

import mlflow
from mlflow import MlflowClient

from scenario import main, needs, refused, scenario

needs(3, "logged models")

from mlflow.entities import LoggedModelInput, LoggedModelOutput, LoggedModelStatus, Metric  # noqa: E402
from mlflow.models import infer_signature  # noqa: E402

client = MlflowClient()
experiment = mlflow.set_experiment("logged models").experiment_id


def trained():
    from sklearn.datasets import load_iris
    from sklearn.linear_model import LogisticRegression

    x, y = load_iris(return_X_y=True, as_frame=True)
    return LogisticRegression(max_iter=200).fit(x, y), x


@scenario
def logged():
    """log_model leaves a model that loads again by its id and by its run, and predicts the same"""
    model, x = trained()
    with mlflow.start_run() as run:
        for step in (0, 1):
            mlflow.log_metric("acc", 0.5 + step, step=step)
        mlflow.log_param("depth", 3)
        info = mlflow.sklearn.log_model(
            model, name="iris", signature=infer_signature(x, model.predict(x)), input_example=x[:2], params={"extra": "1"}, tags={"team": "a"}, step=1, pip_requirements=["scikit-learn"]
        )
    logged = mlflow.get_logged_model(info.model_id)
    assert logged.status == LoggedModelStatus.READY, logged.status
    assert logged.name == "iris" and logged.source_run_id == run.info.run_id
    assert logged.model_uri == f"models:/{info.model_id}"
    assert logged.params["depth"] == "3" and logged.params["extra"] == "1", logged.params
    assert logged.tags["team"] == "a"
    assert [(m.key, m.value, m.step, m.model_id, m.run_id) for m in logged.metrics] == [("acc", 1.5, 1, info.model_id, run.info.run_id)]
    again = client.get_run(run.info.run_id)
    assert [(o.model_id, o.step) for o in again.outputs.model_outputs] == [(info.model_id, 1)]
    expected = model.predict(x).tolist()
    for uri in (f"models:/{info.model_id}", f"runs:/{run.info.run_id}/iris", info.model_uri):
        assert mlflow.pyfunc.load_model(uri).predict(x).tolist() == expected, uri
        assert mlflow.sklearn.load_model(uri).predict(x).tolist() == expected, uri
    assert mlflow.models.get_model_info(info.model_uri).signature == info.signature
    names = {f.path for f in mlflow.artifacts.list_artifacts(f"models:/{info.model_id}")}
    assert "MLmodel" in names, names
    assert "iris/MLmodel" in {f.path for f in mlflow.artifacts.list_artifacts(f"runs:/{run.info.run_id}/iris")}
    with tempfile.TemporaryDirectory() as target:
        down = mlflow.artifacts.download_artifacts(f"models:/{info.model_id}", dst_path=target)
        assert Path(down, "MLmodel").exists()


@scenario
def by_hand():
    """a model is begun, filled and finalised by hand; parameters of any number, tags, deletion"""
    params = {f"p{i}": str(i) for i in range(250)}
    model = mlflow.initialize_logged_model(name="by-hand", params=params, tags={"a": "1"}, model_type="mine")
    assert model.status == LoggedModelStatus.PENDING and model.params == params and model.model_type == "mine"
    mlflow.log_model_params({"later": "x"}, model_id=model.model_id)
    mlflow.set_logged_model_tags(model.model_id, {"b": "2", "c": "3"})
    client.delete_logged_model_tag(model.model_id, "b")
    done = mlflow.finalize_logged_model(model.model_id, "READY")
    assert done.status == LoggedModelStatus.READY
    got = mlflow.get_logged_model(model.model_id)
    assert {key: value for key, value in got.tags.items() if not key.startswith("mlflow.")} == {"a": "1", "c": "3"}, got.tags
    assert got.params == {**params, "later": "x"}
    assert got.artifact_location == f"mlflow-artifacts:/{experiment}/models/{model.model_id}/artifacts"
    assert got.last_updated_timestamp >= got.creation_timestamp
    failed = mlflow.initialize_logged_model(name="failed")
    assert mlflow.finalize_logged_model(failed.model_id, LoggedModelStatus.FAILED).status == LoggedModelStatus.FAILED
    client.delete_logged_model(failed.model_id)
    refused("RESOURCE_DOES_NOT_EXIST", "not found", mlflow.get_logged_model, failed.model_id)
    refused("RESOURCE_DOES_NOT_EXIST", "No tag with key", client.delete_logged_model_tag, model.model_id, "none")
    refused("INVALID_PARAMETER_VALUE", "Invalid model name", mlflow.initialize_logged_model, name="a/b")


@scenario
def searched():
    """search_logged_models filters, orders by a metric on a dataset, and pages"""
    id = mlflow.create_experiment("searched models")
    mlflow.set_experiment(experiment_id=id)
    models = [mlflow.initialize_logged_model(name=f"m{i}", params={"i": str(i)}, tags={"kind": "even" if i % 2 == 0 else "odd"}) for i in range(5)]
    with mlflow.start_run() as run:
        for i, model in enumerate(models):
            mlflow.log_metrics({"acc": i / 10}, step=i, model_id=model.model_id)
        client.log_batch(run.info.run_id, [Metric("acc", 1 - i / 10, 10, 0, model_id=model.model_id, dataset_name="test", dataset_digest="d1") for i, model in enumerate(models[:2])])
    find = lambda **kwargs: [m.name for m in mlflow.search_logged_models([id], output_format="list", **kwargs)]  # noqa: E731
    assert find() == ["m4", "m3", "m2", "m1", "m0"]
    assert find(filter_string="name = 'm1' AND params.i = '1' AND tags.kind = 'odd'") == ["m1"]
    assert find(filter_string="metrics.acc > 0.25", order_by=[{"field_name": "name"}]) == ["m0", "m1", "m3", "m4"]
    on = [{"dataset_name": "test", "dataset_digest": "d1"}]
    assert find(filter_string="metrics.acc > 0.95", datasets=on) == ["m0"]
    assert find(datasets=[{"dataset_name": "test"}], order_by=[{"field_name": "metrics.acc", "ascending": True, **on[0]}]) == ["m1", "m0"]
    assert find(order_by=[{"field_name": "metrics.acc", "ascending": False, **on[0]}])[:2] == ["m0", "m1"]
    pages, token = [], None
    while True:
        page = client.search_logged_models([id], max_results=2, page_token=token)
        pages.append([m.name for m in page])
        token = page.token
        if not token:
            break
    assert pages == [["m4", "m3"], ["m2", "m1"], ["m0"]], pages
    frame = mlflow.search_logged_models([id])
    assert len(frame) == 5 and "model_id" in frame.columns, frame.columns
    metrics = mlflow.get_logged_model(models[0].model_id).metrics
    assert sorted((m.value, m.dataset_name, m.dataset_digest) for m in metrics if m.dataset_name) == [(1.0, "test", "d1")]
    mlflow.set_experiment(experiment_id=experiment)


@scenario
def linked():
    """runs tell which models they used and left"""
    model = mlflow.create_external_model(name="external", model_type="agent")
    with mlflow.start_run() as run:
        mlflow.log_outputs([LoggedModelOutput(model.model_id, 3)])
        client.log_inputs(run.info.run_id, models=[LoggedModelInput(model.model_id)])
    got = client.get_run(run.info.run_id)
    assert [m.model_id for m in got.inputs.model_inputs] == [model.model_id]
    assert [(m.model_id, m.step) for m in got.outputs.model_outputs] == [(model.model_id, 3)]
    found = client.search_runs([experiment], f"attributes.run_id = '{run.info.run_id}'")[0]
    assert [(m.model_id, m.step) for m in found.outputs.model_outputs] == [(model.model_id, 3)]


@scenario
def registered():
    """a version made of a logged model has its files, which stay when the model is deleted"""
    model, x = trained()
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(model, name="reg", registered_model_name="of-logged", pip_requirements=["scikit-learn"])
    version = client.get_model_version("of-logged", "1")
    assert (version.status, version.source, version.run_id) == ("READY", info.model_uri, run.info.run_id), version
    assert '"of-logged"' in mlflow.get_logged_model(info.model_id).tags["mlflow.modelVersions"]
    again = mlflow.register_model(info.model_uri, "of-logged")
    client.set_registered_model_alias("of-logged", "champion", again.version)
    client.delete_logged_model(info.model_id)
    for uri in ("models:/of-logged/1", "models:/of-logged@champion"):
        assert mlflow.pyfunc.load_model(uri).predict(x).tolist() == model.predict(x).tolist(), uri


@scenario
def active():
    """what is logged while a model is active belongs to it"""
    with mlflow.set_active_model(name="active") as model:
        with mlflow.start_run():
            for step in range(3):
                mlflow.log_metric("loss", 1 / (step + 1), step=step)
    got = mlflow.get_logged_model(model.model_id)
    assert [(m.step, round(m.value, 3)) for m in got.metrics] == [(0, 1.0), (1, 0.5), (2, 0.333)], got.metrics
    mlflow.clear_active_model()


main()
