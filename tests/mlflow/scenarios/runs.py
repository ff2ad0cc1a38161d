import mlflow
from mlflow import MlflowClient
from mlflow.entities import Param, RunTag, ViewType

from scenario import main, refused, scenario

client = MlflowClient()
experiment = mlflow.set_experiment("runs").experiment_id


@scenario
def fluent():
    """a run logs parameters and tags, and ends"""
    with mlflow.start_run(run_name="first", tags={"a": "1"}, description="what it is") as active:
        mlflow.log_param("lr", 0.1)
        mlflow.log_params({"layers": [64, 32], "name": "it's", "unicode": "ü 😀"})
        mlflow.set_tag("b", 2)
        mlflow.set_tags({"c": "3", "d.e/f": "4"})
        running = client.get_run(active.info.run_id)
        assert running.info.status == "RUNNING" and running.info.end_time is None
    run = client.get_run(active.info.run_id)
    assert run.info.status == "FINISHED"
    assert run.info.run_name == "first" == run.data.tags["mlflow.runName"]
    assert run.info.start_time <= run.info.end_time
    assert run.info.artifact_uri == f"mlflow-artifacts:/{experiment}/{run.info.run_id}/artifacts"
    assert run.info.experiment_id == experiment
    assert run.info.user_id and run.data.tags["mlflow.user"]
    assert run.data.params == {"lr": "0.1", "layers": "[64, 32]", "name": "it's", "unicode": "ü 😀"}
    assert {k: v for k, v in run.data.tags.items() if len(k) == 1 or "/" in k} == {"a": "1", "b": "2", "c": "3", "d.e/f": "4"}
    assert run.data.tags["mlflow.note.content"] == "what it is"


@scenario
def failed():
    """a run that throws is failed"""
    try:
        with mlflow.start_run() as active:
            raise ValueError("training diverged")
    except ValueError:
        pass
    run = client.get_run(active.info.run_id)
    assert run.info.status == "FAILED"
    assert run.info.run_name, "a run without a name gets one"


@scenario
def names():
    """the name, its tag and its attribute are one thing, however it is set"""
    run = client.create_run(experiment, run_name="n1")
    id = run.info.run_id
    assert run.data.tags["mlflow.runName"] == "n1"
    client.set_tag(id, "mlflow.runName", "n2")
    assert client.get_run(id).info.run_name == "n2"
    client.update_run(id, name="n3")
    assert client.get_run(id).data.tags["mlflow.runName"] == "n3"
    client.log_batch(id, tags=[RunTag("mlflow.runName", "n4"), RunTag("other", "x")])
    run = client.get_run(id)
    assert run.info.run_name == "n4" == run.data.tags["mlflow.runName"] and run.data.tags["other"] == "x"
    assert client.create_run(experiment, tags={"mlflow.runName": "n5"}).info.run_name == "n5"
    refused("INVALID_PARAMETER_VALUE", "Both 'run_name' argument and 'mlflow.runName' tag are specified", client.create_run, experiment, run_name="a", tags={"mlflow.runName": "b"})
    for name in ("n4", ):
        found = client.search_runs([experiment], f"attributes.run_name = '{name}'")
        assert [r.info.run_id for r in found] == [id]
        found = client.search_runs([experiment], f"tags.mlflow.runName = '{name}'")
        assert [r.info.run_id for r in found] == [id]


@scenario
def nested():
    """nested runs know their parent"""
    with mlflow.start_run(run_name="parent") as parent:
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("m", 1)
    assert client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"] == parent.info.run_id
    assert client.get_parent_run(child.info.run_id).info.run_id == parent.info.run_id
    found = client.search_runs([experiment], f"tags.mlflow.parentRunId = '{parent.info.run_id}'")
    assert [r.info.run_id for r in found] == [child.info.run_id]


@scenario
def resumed():
    """a finished run can be resumed, and ends again"""
    with mlflow.start_run() as run:
        mlflow.log_metric("m", 1, step=0)
    with mlflow.start_run(run_id=run.info.run_id) as again:
        assert client.get_run(again.info.run_id).info.status == "RUNNING"
        mlflow.log_metric("m", 2, step=1)
    run = client.get_run(run.info.run_id)
    assert run.info.status == "FINISHED" and run.data.metrics == {"m": 2}


@scenario
def states():
    """all five states can be set, and read back"""
    id = client.create_run(experiment).info.run_id
    for status in ("SCHEDULED", "RUNNING", "KILLED", "RUNNING", "FAILED"):
        client.update_run(id, status=status)
        assert client.get_run(id).info.status == status
    client.set_terminated(id, "FINISHED", end_time=1234567890123)
    run = client.get_run(id)
    assert run.info.status == "FINISHED" and run.info.end_time == 1234567890123


@scenario
def immutable():
    """a parameter cannot change, the same value again is no change"""
    id = client.create_run(experiment).info.run_id
    client.log_param(id, "p", "1")
    client.log_param(id, "p", "1")
    refused(
        "INVALID_PARAMETER_VALUE",
        f"Changing param values is not allowed. Param with key='p' was already logged with value='1' for run ID='{id}'. Attempted logging new value '2'.",
        client.log_param, id, "p", "2",
    )
    text = refused("INVALID_PARAMETER_VALUE", "Changing param values is not allowed.", client.log_batch, id, params=[Param("q", "new"), Param("p", "3")])
    assert "[{'key': 'p', 'old_value': '1', 'new_value': '3'}]" in text, text
    assert client.get_run(id).data.params == {"p": "1"}, "a refused batch leaves nothing"
    refused("INVALID_PARAMETER_VALUE", "Duplicate parameter keys have been submitted: ['r']", client.log_batch, id, params=[Param("r", "1"), Param("r", "1")])


@scenario
def long_values():
    """long values are cut, long keys are refused"""
    id = client.create_run(experiment).info.run_id
    client.log_param(id, "p", "x" * 6001)
    client.set_tag(id, "t", "y" * 8001)
    run = client.get_run(id)
    assert len(run.data.params["p"]) == 6000 and len(run.data.tags["t"]) == 8000
    refused("INVALID_PARAMETER_VALUE", "exceeds the maximum length of 250", client.log_param, id, "k" * 251, "1")
    refused("INVALID_PARAMETER_VALUE", "Names may only contain", client.set_tag, id, "bad#key", "1")
    refused("INVALID_PARAMETER_VALUE", "would resolve to", client.log_param, id, "a/../b", "1")


@scenario
def tags():
    """a tag is replaced, deleted once, and may be empty"""
    id = client.create_run(experiment).info.run_id
    client.set_tag(id, "t", "1")
    client.set_tag(id, "t", "2")
    client.set_tag(id, "empty", "")
    assert client.get_run(id).data.tags["t"] == "2" and client.get_run(id).data.tags["empty"] == ""
    client.delete_tag(id, "t")
    assert "t" not in client.get_run(id).data.tags
    refused("RESOURCE_DOES_NOT_EXIST", f"No tag with name: t in run with id {id}", client.delete_tag, id, "t")


@scenario
def delete_and_restore():
    """a deleted run is found only where asked for, refuses writes, and comes back"""
    id = client.create_run(experiment, run_name="to delete").info.run_id
    find = lambda view: [r.info.run_id for r in client.search_runs([experiment], "attributes.run_name = 'to delete'", view)]
    client.delete_run(id)
    client.delete_run(id)
    assert client.get_run(id).info.lifecycle_stage == "deleted"
    assert find(ViewType.ACTIVE_ONLY) == [] and find(ViewType.DELETED_ONLY) == [id] == find(ViewType.ALL)
    message = f"The run {id} must be in the 'active' state. Current state is deleted."
    for write in (lambda: client.log_metric(id, "m", 1), lambda: client.log_param(id, "p", 1), lambda: client.set_tag(id, "t", 1), lambda: client.update_run(id, status="FAILED"), lambda: client.log_batch(id, params=[Param("a", "b")])):
        refused("INVALID_PARAMETER_VALUE", message, write)
    client.restore_run(id)
    assert client.get_run(id).info.lifecycle_stage == "active"
    client.log_param(id, "p", 1)


@scenario
def unknown():
    """an unknown run is not found, by whatever call"""
    for id in ("0" * 32, "nothing"):
        for call in (lambda: client.get_run(id), lambda: client.log_metric(id, "m", 1), lambda: client.set_tag(id, "t", "1"), lambda: client.delete_run(id), lambda: client.log_batch(id, tags=[RunTag("a", "b")])):
            refused("RESOURCE_DOES_NOT_EXIST", f"Run with id={id} not found", call)


@scenario
def autolog_tags():
    """a failed call to log_batch names the limit"""
    id = client.create_run(experiment).info.run_id
    # The client itself splits what it logs; its store does not.
    store = client._tracking_client.store
    refused("INVALID_PARAMETER_VALUE", "at most 100 params. Got 101 params.", store.log_batch, id, [], [Param(f"p{i}", "1") for i in range(101)], [])
    refused("INVALID_PARAMETER_VALUE", "at most 100 tags. Got 101 tags.", store.log_batch, id, [], [], [RunTag(f"p{i}", "1") for i in range(101)])
    mlflow.log_params({f"p{i}": i for i in range(250)}, run_id=id)
    assert len(client.get_run(id).data.params) == 250


main()
