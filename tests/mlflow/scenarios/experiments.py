from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

from scenario import main, refused, scenario, since

client = MlflowClient()


@scenario
def default():
    """the default experiment is there from the beginning"""
    experiment = client.get_experiment("0")
    assert experiment.name == "Default"
    assert experiment.lifecycle_stage == "active"
    assert experiment.artifact_location == "mlflow-artifacts:/0", experiment.artifact_location
    assert experiment.creation_time > 0


@scenario
def create():
    """an experiment is created with tags and found by id and by name"""
    id = client.create_experiment("e create", tags={"team": "vision", "größe": "ü 😀"})
    assert id.isdigit()
    by_id, by_name = client.get_experiment(id), client.get_experiment_by_name("e create")
    for experiment in (by_id, by_name):
        assert experiment.experiment_id == id
        assert experiment.tags == {"team": "vision", "größe": "ü 😀"}
        assert experiment.artifact_location == f"mlflow-artifacts:/{id}"
    assert client.get_experiment_by_name("e nothing") is None


@scenario
def names():
    """names are unique, kept by deleted experiments, and may hold anything"""
    for name in ("it's \"quoted\"", "a/b:c", "emoji 😀", "naïve <b>&amp;", "x" * 500):
        id = client.create_experiment(name)
        assert client.get_experiment_by_name(name).experiment_id == id, name
    refused("RESOURCE_ALREADY_EXISTS", "Experiment(name=a/b:c) already exists", client.create_experiment, "a/b:c")
    client.delete_experiment(client.get_experiment_by_name("a/b:c").experiment_id)
    refused("RESOURCE_ALREADY_EXISTS", "already exists", client.create_experiment, "a/b:c")
    refused("INVALID_PARAMETER_VALUE", "exceeds the maximum length of 500", client.create_experiment, "y" * 501)
    refused("INVALID_PARAMETER_VALUE", "Missing value for required parameter 'name'.", client.create_experiment, "")


@scenario
def fluent():
    """set_experiment makes an experiment once and then finds it"""
    first = mlflow.set_experiment("e fluent")
    second = mlflow.set_experiment("e fluent")
    assert first.experiment_id == second.experiment_id
    assert mlflow.set_experiment(experiment_id=first.experiment_id).name == "e fluent"
    mlflow.set_experiment_tag("k", "v")
    mlflow.set_experiment_tags({"a": "1", "b": "2"})
    assert client.get_experiment(first.experiment_id).tags == {"k": "v", "a": "1", "b": "2"}
    with mlflow.start_run() as run:
        assert run.info.experiment_id == first.experiment_id


@scenario
def unknown():
    """an unknown or malformed id is refused in MLflow's words"""
    refused("RESOURCE_DOES_NOT_EXIST", "No Experiment with id=123456789 exists", client.get_experiment, "123456789")
    refused("INVALID_PARAMETER_VALUE", "Experiment ID must be a valid integer", client.get_experiment, "abc")
    refused("RESOURCE_DOES_NOT_EXIST", "No Experiment with id=123456789 exists", client.create_run, "123456789")


@scenario
def rename():
    """a rename takes effect and bumps the time of the last update"""
    id = client.create_experiment("e old name")
    before = client.get_experiment(id)
    client.rename_experiment(id, "e new name")
    after = client.get_experiment(id)
    assert after.name == "e new name" and after.last_update_time >= before.last_update_time
    assert client.get_experiment_by_name("e old name") is None
    client.create_experiment("e taken")
    refused("RESOURCE_ALREADY_EXISTS", "already exists", client.rename_experiment, id, "e taken")


@scenario
def delete_and_restore():
    """delete and restore take an experiment's runs along; a deleted one refuses changes"""
    id = client.create_experiment("e deleted")
    run = client.create_run(id).info.run_id
    client.delete_experiment(id)
    assert client.get_experiment(id).lifecycle_stage == "deleted"
    assert client.get_run(run).info.lifecycle_stage == "deleted"
    state = "must be in the 'active' state. Current state is deleted."
    refused("INVALID_PARAMETER_VALUE", f"The experiment {id} {state}", client.create_run, id)
    refused("INVALID_PARAMETER_VALUE", f"The run {run} {state}", client.log_metric, run, "m", 1)
    refused("INVALID_PARAMETER_VALUE", f"The experiment {id} {state}", client.set_experiment_tag, id, "k", "v")
    refused("INVALID_STATE", "Cannot rename a non-active experiment.", client.rename_experiment, id, "e other")
    refused("RESOURCE_DOES_NOT_EXIST", f"No Experiment with id={id} exists", client.delete_experiment, id)
    try:
        mlflow.set_experiment("e deleted")
        raise AssertionError("a deleted experiment was set")
    except mlflow.exceptions.MlflowException as error:
        assert "deleted" in str(error)
    client.restore_experiment(id)
    assert client.get_experiment(id).lifecycle_stage == "active"
    assert client.get_run(run).info.lifecycle_stage == "active"
    refused("RESOURCE_DOES_NOT_EXIST", f"No Experiment with id={id} exists", client.restore_experiment, id)


@scenario
def tags():
    """tags are set and replaced"""
    id = client.create_experiment("e tags")
    client.set_experiment_tag(id, "k", "1")
    client.set_experiment_tag(id, "k", "2")
    client.set_experiment_tag(id, "empty", "")
    assert client.get_experiment(id).tags == {"k": "2", "empty": ""}
    refused("INVALID_PARAMETER_VALUE", "Names may only contain", client.set_experiment_tag, id, "a#b", "1")


@since(3)
def untagged():
    """tags are deleted, and one that is not there is an error"""
    id = client.create_experiment("e untagged", tags={"k": "1", "empty": ""})
    client.delete_experiment_tag(id, "k")
    assert client.get_experiment(id).tags == {"empty": ""}
    refused("RESOURCE_DOES_NOT_EXIST", f"No tag with name: k in experiment with id {id}", client.delete_experiment_tag, id, "k")


@scenario
def location():
    """an artifact location is kept as it was given; a bare path is made absolute"""
    s3 = client.create_experiment("e s3", artifact_location="s3://bucket/root")
    run = client.create_run(s3)
    assert run.info.artifact_uri == f"s3://bucket/root/{run.info.run_id}/artifacts", run.info.artifact_uri
    bare = client.get_experiment(client.create_experiment("e bare", artifact_location="my_location"))
    assert Path(bare.artifact_location).is_absolute() and bare.artifact_location.endswith("/my_location")
    for bad, text in (("s3://b#f", "fragments"), ("s3://b?x=../y", "query"), ("runs:/x/y", "runs:/")):
        refused("INVALID_PARAMETER_VALUE", text, client.create_experiment, f"e {bad}", bad)


@scenario
def search():
    """experiments are searched by name, tags and times, ordered, and paged without gaps"""
    ids = [client.create_experiment(f"s {i:02d}", tags={"even": str(i % 2 == 0)}) for i in range(12)]
    find = lambda **options: [e.name for e in client.search_experiments(**options)]
    ours = "name LIKE 's __'"
    assert find(filter_string=ours) == [f"s {i:02d}" for i in reversed(range(12))]
    assert find(filter_string=ours, order_by=["name ASC"], max_results=3) == ["s 00", "s 01", "s 02"]
    assert find(filter_string=f"{ours} AND tags.even = 'True'", order_by=["name"]) == [f"s {i:02d}" for i in range(0, 12, 2)]
    assert find(filter_string="name = 's 03'") == ["s 03"]
    assert find(filter_string="name ILIKE 'S 0%'", order_by=["name DESC"])[0] == "s 09"
    assert find(filter_string="tags.even IS NULL AND name LIKE 's %'") == []
    assert find(filter_string=f"{ours} AND creation_time < 1000") == []
    client.delete_experiment(ids[0])
    assert "s 00" not in find(filter_string=ours)
    assert find(filter_string=ours, view_type=ViewType.DELETED_ONLY) == ["s 00"]
    assert len(find(filter_string=ours, view_type=ViewType.ALL)) == 12
    seen, token = [], None
    while True:
        page = client.search_experiments(filter_string=ours, view_type=ViewType.ALL, max_results=5, page_token=token)
        seen += [e.name for e in page]
        token = page.token
        if not token:
            break
    assert len(seen) == 12 == len(set(seen))
    page = client.search_experiments(filter_string=ours, view_type=ViewType.ALL, max_results=12)
    assert len(page) == 12 and not page.token, "an exact last page has no token"
    refused("INVALID_PARAMETER_VALUE", "positive integer", client.search_experiments, max_results=0)
    refused("INVALID_PARAMETER_VALUE", "at most 50000", client.search_experiments, max_results=50001)
    refused("INVALID_PARAMETER_VALUE", "", client.search_experiments, page_token="nonsense")


main()
