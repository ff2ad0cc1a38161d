import mlflow
from mlflow import MlflowClient

from scenario import main, scenario, since

client = MlflowClient()
experiment = mlflow.set_experiment("frameworks").experiment_id


def iris():
    from sklearn.datasets import load_iris

    return load_iris(return_X_y=True, as_frame=True)


@scenario
def sklearn():
    """scikit-learn's autologging keeps parameters, metrics, data sets and a model"""
    global trained
    from sklearn.linear_model import LogisticRegression

    x, y = iris()
    mlflow.sklearn.autolog(log_input_examples=True, silent=True)
    try:
        with mlflow.start_run() as run:
            model = LogisticRegression(max_iter=200, C=0.5).fit(x, y)
            model.score(x, y)
    finally:
        mlflow.sklearn.autolog(disable=True)
    trained = run.info.run_id
    got = client.get_run(trained)
    assert got.data.params["C"] == "0.5" and got.data.params["max_iter"] == "200", got.data.params
    assert got.data.metrics["training_accuracy_score"] > 0.9, got.data.metrics
    assert any("LogisticRegression_score" in key for key in got.data.metrics), got.data.metrics
    assert got.data.tags["estimator_name"] == "LogisticRegression"
    contexts = sorted(tag.value for input in got.inputs.dataset_inputs for tag in input.tags if tag.key == "mlflow.data.context")
    assert contexts == ["eval", "train"] or contexts == ["train"], contexts
    names = {f.path for f in client.list_artifacts(run.info.run_id)}
    assert "estimator.html" in names, names
    again = mlflow.pyfunc.load_model(f"runs:/{run.info.run_id}/model")
    assert again.predict(x).tolist() == model.predict(x).tolist()


@scenario
def search():
    """a grid search leaves a parent run and its children"""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    x, y = iris()
    mlflow.sklearn.autolog(log_models=False, silent=True)
    try:
        with mlflow.start_run() as run:
            GridSearchCV(LogisticRegression(max_iter=200), {"C": [0.1, 1.0]}, cv=2).fit(x, y)
    finally:
        mlflow.sklearn.autolog(disable=True)
    children = client.search_runs([experiment], f"tags.mlflow.parentRunId = '{run.info.run_id}'")
    assert sorted(child.data.params["C"] for child in children) == ["0.1", "1.0"], children
    assert client.get_run(run.info.run_id).data.params["best_C"] in ("0.1", "1.0")


@scenario
def lightgbm():
    """LightGBM's autologging keeps the curve of every round, importances and a model"""
    import lightgbm as lgb

    x, y = iris()
    mlflow.lightgbm.autolog(silent=True)
    try:
        with mlflow.start_run() as run:
            data = lgb.Dataset(x, label=(y == 1).astype(int))
            model = lgb.train({"objective": "binary", "metric": ["binary_logloss"], "verbosity": -1, "num_threads": 1, "learning_rate": 0.2}, data, num_boost_round=12, valid_sets=[data], valid_names=["train"])
    finally:
        mlflow.lightgbm.autolog(disable=True)
    got = client.get_run(run.info.run_id)
    assert got.data.params["learning_rate"] == "0.2" and got.data.params["num_boost_round"] == "12", got.data.params
    history = client.get_metric_history(run.info.run_id, "train-binary_logloss")
    assert [m.step for m in history] == list(range(12)), history
    assert [m.value for m in history] == sorted((m.value for m in history), reverse=True)
    names = {f.path for f in client.list_artifacts(run.info.run_id)}
    assert {"feature_importance_split.json", "feature_importance_gain.png"} <= names, names
    again = mlflow.lightgbm.load_model(f"runs:/{run.info.run_id}/model")
    assert abs(again.predict(x) - model.predict(x)).max() == 0


@since(3)
def autologged():
    """an autologged model is a logged model of the run, ready, with the run's metrics"""
    [model] = mlflow.search_logged_models([experiment], filter_string=f"source_run_id = '{trained}'", output_format="list")
    assert str(model.status) == "READY" and model.params["C"] == "0.5", model
    assert "training_accuracy_score" in {m.key for m in model.metrics}, model.metrics
    assert [o.model_id for o in client.get_run(trained).outputs.model_outputs] == [model.model_id]


@scenario
def inputs():
    """log_input keeps a data set with its schema and profile, and searches ask for it"""
    x, _ = iris()
    data = mlflow.data.from_pandas(x, source="s3://bucket/iris.csv", name="iris", targets=None)
    with mlflow.start_run() as run:
        mlflow.log_input(data, context="train", tags={"split": "a"})
        mlflow.log_metric("rows", data.profile["num_rows"])
    [input] = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert (input.dataset.name, input.dataset.digest) == ("iris", data.digest)
    assert {tag.key: tag.value for tag in input.tags} == {"mlflow.data.context": "train", "split": "a"}
    source = mlflow.data.get_source(client.get_run(run.info.run_id).inputs.dataset_inputs[0].dataset)
    assert source.uri == "s3://bucket/iris.csv", source
    found = client.search_runs([experiment], f"dataset.name = 'iris' AND dataset.digest = '{data.digest}' AND dataset.context = 'train'")
    assert [r.info.run_id for r in found] == [run.info.run_id]


@scenario
def nested():
    """nested runs name their parents"""
    with mlflow.start_run(run_name="outer") as outer:
        with mlflow.start_run(run_name="middle", nested=True) as middle:
            with mlflow.start_run(run_name="inner", nested=True) as inner:
                mlflow.log_metric("depth", 3)
    assert client.get_parent_run(inner.info.run_id).info.run_id == middle.info.run_id
    assert client.get_parent_run(middle.info.run_id).info.run_id == outer.info.run_id
    assert client.get_parent_run(outer.info.run_id) is None
    assert [client.get_run(r.info.run_id).info.status for r in (inner, outer)] == ["FINISHED", "FINISHED"]


@scenario
def saved():
    """a model logged by its path loads from its run, with its input example and requirements"""
    from sklearn.linear_model import LogisticRegression

    x, y = iris()
    model = LogisticRegression(max_iter=200).fit(x, y)
    with mlflow.start_run() as run:
        info = mlflow.sklearn.log_model(model, artifact_path="by-path", input_example=x[:2], pip_requirements=["scikit-learn"])
    uri = f"runs:/{run.info.run_id}/by-path"
    assert mlflow.sklearn.load_model(uri).predict(x).tolist() == model.predict(x).tolist()
    loaded = mlflow.models.get_model_info(uri)
    assert loaded.signature == info.signature and loaded.flavors.keys() == info.flavors.keys()
    assert "scikit-learn" in open(mlflow.pyfunc.get_model_dependencies(uri)).read()


main()
