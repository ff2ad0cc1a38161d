import csv
import json
import tempfile
from pathlib import Path

import mlflow
from click.testing import CliRunner
from mlflow import MlflowClient
from mlflow.cli import cli

from scenario import main, scenario

client = MlflowClient()


def run(*arguments):
    """The command as `mlflow` runs it, in this process: importing the client takes seconds each time."""
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, f"{arguments}: {done.output}"
    return done.stdout


@scenario
def experiments():
    """mlflow experiments creates, finds and exports"""
    assert "Created experiment" in run("experiments", "create", "-n", "by command")
    experiment = mlflow.get_experiment_by_name("by command")
    with mlflow.start_run(experiment_id=experiment.experiment_id) as made:
        mlflow.log_param("a", 1)
        mlflow.log_metric("m", 0.5)
    assert "by command" in run("experiments", "search")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "runs.csv")
        run("experiments", "csv", "-x", experiment.experiment_id, "-o", str(path))
        [row] = list(csv.DictReader(path.open()))
    assert row["run_id"] == made.info.run_id and row["params.a"] == "1" and float(row["metrics.m"]) == 0.5, row


@scenario
def runs():
    """mlflow runs describes and deletes"""
    with mlflow.start_run(run_name="described") as made:
        mlflow.set_tag("team", "a")
    described = json.loads(run("runs", "describe", "--run-id", made.info.run_id))
    assert described["info"]["run_name"] == "described" and described["data"]["tags"]["team"] == "a", described
    run("runs", "delete", "--run-id", made.info.run_id)
    assert client.get_run(made.info.run_id).info.lifecycle_stage == "deleted"


@scenario
def artifacts():
    """mlflow artifacts logs, lists and downloads"""
    with mlflow.start_run() as made:
        pass
    id = made.info.run_id
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "note.txt").write_text("by command")
        run("artifacts", "log-artifact", "--local-file", str(Path(folder, "note.txt")), "--run-id", id, "--artifact-path", "notes")
        assert [entry["path"] for entry in json.loads(run("artifacts", "list", "--run-id", id, "--artifact-path", "notes"))] == ["notes/note.txt"]
        run("artifacts", "download", "--run-id", id, "--artifact-path", "notes", "--dst-path", folder)
        assert Path(folder, "notes", "note.txt").read_text() == "by command"


main()
