import hashlib
import json
import os
import tempfile
from pathlib import Path

import mlflow
from mlflow import MlflowClient

from scenario import main, scenario

client = MlflowClient()
experiment = mlflow.set_experiment("artifacts").experiment_id


def listed(id, path=None):
    return [(f.path, f.is_dir, f.file_size) for f in client.list_artifacts(id, path)]


@scenario
def helpers():
    """log_text, log_dict, log_figure, log_image and log_table give files that can be read back"""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd

    with mlflow.start_run() as run:
        mlflow.log_text("héllo 😀", "notes/readme.md")
        mlflow.log_dict({"a": [1, 2]}, "conf.json")
        mlflow.log_dict({"b": 1}, "conf.yaml")
        figure, axes = plt.subplots()
        axes.plot([1, 2, 3])
        mlflow.log_figure(figure, "plots/loss curve.png")
        mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), "plots/black.png")
        mlflow.log_table(pd.DataFrame({"x": [1, 2]}), "table.json")
        mlflow.log_table(pd.DataFrame({"x": [3]}), "table.json")
    id, root = run.info.run_id, run.info.artifact_uri
    assert mlflow.artifacts.load_text(f"{root}/notes/readme.md") == "héllo 😀"
    assert mlflow.artifacts.load_dict(f"{root}/conf.json") == {"a": [1, 2]}
    assert mlflow.artifacts.load_image(f"{root}/plots/loss curve.png").size[0] > 0
    assert mlflow.load_table("table.json", run_ids=[id])["x"].tolist() == [1, 2, 3]
    names = [path for path, _, _ in listed(id)]
    assert names == sorted(names) == ["conf.json", "conf.yaml", "notes", "plots", "table.json"], names
    assert [(path, is_dir) for path, is_dir, _ in listed(id, "plots")] == [("plots/black.png", False), ("plots/loss curve.png", False)]
    assert listed(id)[2] == ("notes", True, None)
    assert listed(id, "notes") == [("notes/readme.md", False, len("héllo 😀".encode()))]
    assert listed(id, "conf.json") == [], "a file has nothing below it"
    assert listed(id, "nothing") == []


@scenario
def trees():
    """a folder goes up and comes down as it was"""
    with tempfile.TemporaryDirectory() as source, tempfile.TemporaryDirectory() as target:
        files = {"a.txt": b"a", "sub/b.bin": os.urandom(3_000_000), "sub/deep/empty": b"", "sub/ünï cödé 😀.txt": b"u", "sub/it's+100%.txt": b"p"}
        for path, content in files.items():
            file = Path(source, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        with mlflow.start_run() as run:
            mlflow.log_artifacts(source)
            mlflow.log_artifacts(source, "copy")
            mlflow.log_artifact(Path(source, "a.txt"), "single")
        id = run.info.run_id
        down = Path(mlflow.artifacts.download_artifacts(run_id=id, dst_path=target))
        for folder in ("", "copy"):
            for path, content in files.items():
                assert Path(down, folder, path).read_bytes() == content, (folder, path)
        assert Path(down, "single/a.txt").read_bytes() == b"a"
        one = mlflow.artifacts.download_artifacts(f"runs:/{id}/sub/b.bin", dst_path=target)
        assert hashlib.sha256(Path(one).read_bytes()).digest() == hashlib.sha256(files["sub/b.bin"]).digest()
        assert {f.path for f in mlflow.artifacts.list_artifacts(f"runs:/{id}/sub")} == {"sub/b.bin", "sub/deep", "sub/ünï cödé 😀.txt", "sub/it's+100%.txt"}


@scenario
def replaced():
    """new content under a path replaces the old"""
    with mlflow.start_run() as run:
        mlflow.log_text("old", "x.txt")
        mlflow.log_text("newer", "x.txt")
    assert mlflow.artifacts.load_text(f"{run.info.artifact_uri}/x.txt") == "newer"
    assert listed(run.info.run_id) == [("x.txt", False, 5)]


@scenario
def many():
    """many small files are listed whole"""
    with tempfile.TemporaryDirectory() as source:
        for i in range(120):
            Path(source, f"{i:03d}.json").write_text(json.dumps(i))
        with mlflow.start_run() as run:
            mlflow.log_artifacts(source, "many")
    assert [path for path, _, _ in listed(run.info.run_id, "many")] == [f"many/{i:03d}.json" for i in range(120)]


@scenario
def deleted():
    """artifacts can be deleted through the proxy"""
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    with mlflow.start_run() as run:
        mlflow.log_text("1", "keep.txt")
        mlflow.log_text("2", "folder/gone.txt")
    repository = get_artifact_repository(run.info.artifact_uri)
    repository.delete_artifacts("folder")
    repository.delete_artifacts("never there")
    assert listed(run.info.run_id) == [("keep.txt", False, 1)]
    repository.delete_artifacts()
    assert listed(run.info.run_id) == []


@scenario
def missing():
    """a file that is not there is an error, not an empty file"""
    with mlflow.start_run() as run:
        mlflow.log_text("1", "a.txt")
    try:
        mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="b.txt")
        raise AssertionError("downloaded what is not there")
    except AssertionError:
        raise
    except Exception as error:
        assert "b.txt" in str(error), error


@scenario
def unsafe():
    """paths that leave the run are refused"""
    run = client.create_run(experiment)
    for path in ("../x", "a/../../x", "%2e%2e/x", "/etc/passwd"):
        try:
            client.list_artifacts(run.info.run_id, path)
        except Exception as error:
            assert "Invalid" in str(error), error
        else:
            raise AssertionError(f"not refused: {path}")


@scenario
def loose():
    """a path of the proxy that no run owns keeps files too"""
    from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

    repository = get_artifact_repository("mlflow-artifacts:/shared/data")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "x.csv")
        file.write_text("1,2")
        repository.log_artifact(str(file), "sets")
        assert [(f.path, f.file_size) for f in repository.list_artifacts("sets")] == [("sets/x.csv", 3)]
        assert Path(repository.download_artifacts("sets/x.csv", folder)).read_text() == "1,2"
    repository.delete_artifacts("sets/x.csv")
    assert repository.list_artifacts("sets") == []


@scenario
def custom_location():
    """an experiment whose location is a folder of the proxy keeps its files with its runs"""
    id = client.create_experiment("artifacts elsewhere", artifact_location="mlflow-artifacts:/team/vision")
    with mlflow.start_run(experiment_id=id) as run:
        mlflow.log_text("1", "a/b.txt")
    assert run.info.artifact_uri == f"mlflow-artifacts:/team/vision/{run.info.run_id}/artifacts"
    assert listed(run.info.run_id, "a") == [("a/b.txt", False, 1)]
    assert mlflow.artifacts.load_text(f"{run.info.artifact_uri}/a/b.txt") == "1"


main()
