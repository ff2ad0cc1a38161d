import os
import tempfile
from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

from scenario import main, refused, scenario

client = MlflowClient()
mlflow.set_experiment("registry")


def run_with_files(files):
    with mlflow.start_run() as run:
        for path, text in files.items():
            mlflow.log_text(text, path)
    return run.info


def versions_of(filter, **more):
    return [(v.name, v.version) for v in client.search_model_versions(filter, **more)]


@scenario
def models():
    """a model is registered, described, tagged, renamed and deleted"""
    made = client.create_registered_model("life", tags={"a": "1"}, description="d")
    assert (made.name, made.description, made.tags, made.latest_versions) == ("life", "d", {"a": "1"}, [])
    refused("RESOURCE_ALREADY_EXISTS", "Registered Model (name=life) already exists.", client.create_registered_model, "life")
    refused("INVALID_PARAMETER_VALUE", "", client.create_registered_model, "a/b")
    refused("RESOURCE_DOES_NOT_EXIST", "Registered Model with name=nope not found", client.get_registered_model, "nope")
    client.set_registered_model_tag("life", "b", "2")
    client.delete_registered_model_tag("life", "a")
    client.update_registered_model("life", description="new")
    client.rename_registered_model("life", "life 2")
    model = client.get_registered_model("life 2")
    assert (model.description, model.tags) == ("new", {"b": "2"})
    assert model.last_updated_timestamp >= model.creation_timestamp
    client.delete_registered_model("life 2")
    refused("RESOURCE_DOES_NOT_EXIST", "not found", client.get_registered_model, "life 2")
    client.create_registered_model("life 2")


@scenario
def versions():
    """versions are made, described, tagged, found and deleted"""
    client.create_registered_model("v")
    made = client.create_model_version("v", "s3://bucket/a", tags={"t": "1"}, description="first", run_link="http://x")
    assert (str(made.version), made.status, made.source, made.current_stage) == ("1", "READY", "s3://bucket/a", "None")
    assert (made.description, made.tags, made.run_link) == ("first", {"t": "1"}, "http://x")
    assert str(client.create_model_version("v", "s3://bucket/b").version) == "2"
    assert client.get_model_version_download_uri("v", "1") == "s3://bucket/a"
    client.update_model_version("v", "1", description="changed")
    client.set_model_version_tag("v", "1", "k", "v")
    client.delete_model_version_tag("v", "1", "t")
    version = client.get_model_version("v", "1")
    assert (version.description, version.tags) == ("changed", {"k": "v"})
    refused("RESOURCE_DOES_NOT_EXIST", "Model Version (name=v, version=9) not found", client.get_model_version, "v", "9")
    refused("INVALID_PARAMETER_VALUE", "must be an integer", client.get_model_version, "v", "x")
    client.delete_model_version("v", "2")
    assert str(client.create_model_version("v", "s3://bucket/c").version) == "3"
    assert sorted(versions_of("name = 'v'")) == [("v", "1"), ("v", "3")]


@scenario
def aliases():
    """aliases point, move and go"""
    client.create_registered_model("al")
    for _ in range(2):
        client.create_model_version("al", "s3://bucket/a")
    client.set_registered_model_alias("al", "champion", "1")
    assert client.get_model_version_by_alias("al", "champion").version == "1"
    client.set_registered_model_alias("al", "champion", 2)
    assert client.get_model_version_by_alias("al", "champion").aliases == ["champion"]
    assert client.get_registered_model("al").aliases == {"champion": "2"}
    assert client.get_model_version_by_alias("al", "latest").version == "2"
    refused("INVALID_PARAMETER_VALUE", "reserved", client.set_registered_model_alias, "al", "latest", "1")
    refused("INVALID_PARAMETER_VALUE", "reserved", client.set_registered_model_alias, "al", "v1", "1")
    refused("RESOURCE_DOES_NOT_EXIST", "not found", client.set_registered_model_alias, "al", "x", "9")
    client.delete_registered_model_alias("al", "champion")
    client.delete_registered_model_alias("al", "champion")
    refused("INVALID_PARAMETER_VALUE", "Registered model alias champion not found.", client.get_model_version_by_alias, "al", "champion")


@scenario
def stages():
    """stages move and archive"""
    client.create_registered_model("st")
    for _ in range(3):
        client.create_model_version("st", "s3://bucket/a")
    client.transition_model_version_stage("st", "1", "Production")
    client.transition_model_version_stage("st", "2", "production", archive_existing_versions=True)
    assert client.get_model_version("st", "1").current_stage == "Archived"
    latest = {v.current_stage: v.version for v in client.get_latest_versions("st")}
    assert latest == {"None": "3", "Production": "2", "Archived": "1"}, latest
    assert [v.version for v in client.get_latest_versions("st", ["Production"])] == ["2"]
    refused("INVALID_PARAMETER_VALUE", "Invalid Model Version stage", client.transition_model_version_stage, "st", "1", "x")
    assert {v.version for v in client.get_registered_model("st").latest_versions} == {"1", "2", "3"}


@scenario
def search():
    """models and versions are searched, ordered and paged"""
    for name in ("se b", "se a", "se c"):
        client.create_registered_model(name, tags={"set": "se"})
        client.create_model_version(name, f"s3://bucket/{name[-1]}", tags={"n": name})
    names = [m.name for m in client.search_registered_models("tags.set = 'se'")]
    assert names == ["se a", "se b", "se c"], names
    assert [m.name for m in client.search_registered_models("name ILIKE 'SE %' AND name != 'se b'", order_by=["name DESC"])] == ["se c", "se a"]
    page = client.search_registered_models("tags.set = 'se'", max_results=2)
    rest = client.search_registered_models("tags.set = 'se'", max_results=2, page_token=page.token)
    assert ([m.name for m in page], [m.name for m in rest]) == (["se a", "se b"], ["se c"])
    assert not rest.token
    assert versions_of("name LIKE 'se %'", order_by=["name ASC"]) == [("se a", "1"), ("se b", "1"), ("se c", "1")]
    assert versions_of("tags.n = 'se b'") == [("se b", "1")]
    assert versions_of("source_path LIKE '%/c' AND name LIKE 'se%'") == [("se c", "1")]
    assert versions_of("version_number > 1 AND name LIKE 'se %'") == []
    page = client.search_model_versions("name LIKE 'se %'", max_results=2, order_by=["name"])
    rest = client.search_model_versions("name LIKE 'se %'", max_results=2, order_by=["name"], page_token=page.token)
    assert [v.name for v in page] + [v.name for v in rest] == ["se a", "se b", "se c"]
    assert not rest.token
    refused("INVALID_PARAMETER_VALUE", "Invalid attribute key", client.search_model_versions, "size = '1'")


@scenario
def registered_from_a_run():
    """what is registered from a run is downloaded by version, alias and stage, also when the run is gone"""
    run = run_with_files({"model/MLmodel": "flavors", "model/data/w.txt": "weights", "beside.txt": "no"})
    made = mlflow.register_model(f"runs:/{run.run_id}/model", "from run")
    assert (made.run_id, made.source) == (run.run_id, f"{run.artifact_uri}/model"), made
    client.set_registered_model_alias("from run", "champion", made.version)
    client.transition_model_version_stage("from run", made.version, "Production")
    assert versions_of(f"run_id = '{run.run_id}'") == [("from run", "1")]
    client.delete_run(run.run_id)
    for uri in ("models:/from run/1", "models:/from run@champion", "models:/from run/Production", "models:/from run/latest"):
        with tempfile.TemporaryDirectory() as target:
            folder = Path(mlflow.artifacts.download_artifacts(uri, dst_path=target))
            texts = {str(f.relative_to(folder)): f.read_text() for f in folder.rglob("*") if f.is_file()}
        assert texts["MLmodel"] == "flavors" and texts["data/w.txt"] == "weights", texts
        assert "beside.txt" not in texts
    with tempfile.TemporaryDirectory() as target:
        one = mlflow.artifacts.download_artifacts("models:/from run/1/data/w.txt", dst_path=target)
        assert Path(one).read_text() == "weights"
    listed = mlflow.artifacts.list_artifacts("models:/from run/1")
    assert sorted(f.path for f in listed) == ["MLmodel", "data"], listed


@scenario
def copies():
    """a version is copied to another model, and its files stay when the first model goes"""
    run = run_with_files({"model/MLmodel": "flavors"})
    mlflow.register_model(f"runs:/{run.run_id}/model", "first")
    copied = client.copy_model_version("models:/first/1", "second")
    assert (copied.name, copied.version, copied.source) == ("second", "1", "models:/first/1")
    assert copied.run_id == run.run_id
    again = client.copy_model_version("models:/second/1", "second")
    assert str(again.version) == "2"
    client.delete_registered_model("first")
    with tempfile.TemporaryDirectory() as target:
        folder = mlflow.artifacts.download_artifacts("models:/second/2", dst_path=target)
        assert Path(folder, "MLmodel").read_text() == "flavors"
    refused("INTERNAL_ERROR", "not found", client.copy_model_version, "models:/first/1", "third")


class Doubles(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [value * 2 for value in model_input["x"]]


@scenario
def loaded():
    """a model is saved, registered and loaded again by its alias"""
    import pandas as pd

    with tempfile.TemporaryDirectory() as folder:
        mlflow.pyfunc.save_model(os.path.join(folder, "model"), python_model=Doubles(), pip_requirements=[])
        with mlflow.start_run() as run:
            mlflow.log_artifacts(os.path.join(folder, "model"), "model")
    made = mlflow.register_model(f"runs:/{run.info.run_id}/model", "doubles", tags={"kind": "toy"})
    client.set_registered_model_alias("doubles", "champion", made.version)
    model = mlflow.pyfunc.load_model("models:/doubles@champion")
    assert model.predict(pd.DataFrame({"x": [1, 2]})) == [2, 4]
    assert client.get_model_version("doubles", made.version).tags == {"kind": "toy"}


@scenario
def unsafe_sources():
    """paths of the server's machine are refused as sources"""
    client.create_registered_model("unsafe")
    run = run_with_files({"a.txt": "a"})
    for source in ("/etc/passwd", "file:///etc/passwd", "relative/path"):
        refused("INVALID_PARAMETER_VALUE", "the local path has to be contained", client.create_model_version, "unsafe", source, run.run_id)
    refused("INVALID_PARAMETER_VALUE", "absolute path", client.create_model_version, "unsafe", "http://host/a/../../b")


@scenario
def prompts():
    """prompts are kept as models that searches for models do not show"""
    try:
        register = mlflow.genai.register_prompt
    except AttributeError:
        return
    prompt = register(name="greeting", template="Hello {{name}}", commit_message="first", tags={"lang": "en"})
    assert prompt.version == 1
    register(name="greeting", template="Hi {{name}}")
    assert mlflow.genai.load_prompt("prompts:/greeting/1").template == "Hello {{name}}"
    mlflow.genai.set_prompt_alias("greeting", alias="live", version=2)
    assert mlflow.genai.load_prompt("prompts:/greeting@live").format(name="Ada") == "Hi Ada"
    assert "greeting" not in [m.name for m in client.search_registered_models()]
    assert "greeting" not in [v.name for v in client.search_model_versions()]
    assert [p.name for p in mlflow.genai.search_prompts("name = 'greeting'")] == ["greeting"]
    try:
        client.create_registered_model("greeting")
        raise AssertionError("taken twice")
    except MlflowException as error:
        assert "already taken by a prompt" in str(error), error


main()
