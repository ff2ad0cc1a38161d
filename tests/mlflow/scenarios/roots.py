"""Against a server whose default artifact root is the folder ROOT of this machine: the client writes there by itself."""

import os
from pathlib import Path

import mlflow
from mlflow import MlflowClient

from scenario import main, scenario, since

client = MlflowClient()
root = Path(os.environ["ROOT"])


@scenario
def written():
    """the client writes below the root, and the server lists and serves what stands there"""
    id = mlflow.create_experiment("rooted")
    with mlflow.start_run(experiment_id=id) as run:
        mlflow.log_text("hello", "notes/a.txt")
    assert run.info.artifact_uri == f"{root.as_uri()}/{id}/{run.info.run_id}/artifacts", run.info.artifact_uri
    assert Path(root, id, run.info.run_id, "artifacts/notes/a.txt").read_text() == "hello"
    assert [f.path for f in client.list_artifacts(run.info.run_id, "notes")] == ["notes/a.txt"]
    with mlflow.start_run(experiment_id="0") as first:
        mlflow.log_text("x", "b.txt")
    assert Path(root, "0", first.info.run_id, "artifacts/b.txt").exists()
    print(f"RUN {run.info.run_id}", flush=True)


@since(3)
def model():
    """a logged model lies below the root too, and loads"""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
    with mlflow.start_run(experiment_id=mlflow.get_experiment_by_name("rooted").experiment_id):
        info = mlflow.sklearn.log_model(fitted, name="m", pip_requirements=["scikit-learn"])
    assert list(root.glob(f"*/models/{info.model_id}/artifacts/MLmodel"))
    assert mlflow.pyfunc.load_model(info.model_uri).predict([[1.0]]).tolist() == [1]
    print(f"MODEL {info.model_id}", flush=True)


main()
