import math

import mlflow
from mlflow import MlflowClient

from scenario import main, refused, scenario

client = MlflowClient()
experiment = client.create_experiment("search")
other = client.create_experiment("search elsewhere")

# name, metrics, params, tags
rows = [
    ("r0", {"loss": 0.5, "acc": 0.9}, {"lr": "0.1", "net": "CNN"}, {"stage": "dev"}),
    ("r1", {"loss": 0.3}, {"lr": "0.01", "net": "cnn"}, {"stage": "prod"}),
    ("r2", {"loss": float("nan"), "acc": 0.7}, {"lr": "0.1"}, {}),
    ("r3", {"acc": float("inf")}, {"net": "it's"}, {"my tag": "with space"}),
    ("r4", {"loss": -1, "my metric": 4}, {}, {"stage": "prod"}),
]
ids = {}
for index, (name, metrics, params, tags) in enumerate(rows):
    run = client.create_run(experiment, start_time=1000 + index, run_name=name, tags=tags)
    ids[name] = run.info.run_id
    for key, value in metrics.items():
        client.log_metric(run.info.run_id, key, value, timestamp=1)
    for key, value in params.items():
        client.log_param(run.info.run_id, key, value)
client.set_terminated(ids["r0"], "FINISHED", end_time=5000)
client.set_terminated(ids["r1"], "FAILED", end_time=6000)
client.create_run(other, run_name="r9", start_time=1)


def find(filter="", order=None, **options):
    return [run.info.run_name for run in client.search_runs([experiment], filter, order_by=order, **options)]


@scenario
def default_order():
    """without an order the newest start comes first"""
    assert find() == ["r4", "r3", "r2", "r1", "r0"]


@scenario
def filters():
    """filters follow MLflow's grammar"""
    by_name = lambda filter: find(filter, ["attributes.run_name"])
    cases = {
        "metrics.loss < 0.5": ["r1", "r4"],
        "metrics.loss <= 0.5": ["r0", "r1", "r4"],
        "metrics.loss != 0.5": ["r1", "r2", "r4"],
        "metrics.loss = -1": ["r4"],
        "metrics.acc > 1": ["r3"],
        "metrics.`my metric` = 4": ["r4"],
        'metrics."my metric" = 4': ["r4"],
        "params.lr = '0.1'": ["r0", "r2"],
        "params.lr != '0.1'": ["r1"],
        "params.net LIKE 'C%'": ["r0"],
        "params.net ILIKE 'c%'": ["r0", "r1"],
        'params.net = "it\'s"': ["r3"],
        "params.net IS NULL": ["r2", "r4"],
        "params.net IS NOT NULL": ["r0", "r1", "r3"],
        "tags.stage = 'prod'": ["r1", "r4"],
        "tags.stage != 'prod'": ["r0"],
        "tags.`my tag` = 'with space'": ["r3"],
        "tags.stage = 'prod' AND metrics.loss < 0": ["r4"],
        "status = 'FINISHED'": ["r0"],
        "status != 'RUNNING'": ["r0", "r1"],
        "attributes.status LIKE 'F%'": ["r0", "r1"],
        f"run_id IN ('{ids['r1']}', '{ids['r3']}')": ["r1", "r3"],
        f"run_id NOT IN ('{ids['r1']}', '{ids['r3']}')": ["r0", "r2", "r4"],
        f"attributes.run_id = '{ids['r2']}'": ["r2"],
        "run_name LIKE '%1'": ["r1"],
        "start_time >= 1003": ["r3", "r4"],
        "created < 1001": ["r0"],
        "end_time > 5000": ["r1"],
        f"artifact_uri = 'mlflow-artifacts:/{experiment}/{ids['r2']}/artifacts'": ["r2"],
    }
    for filter, names in cases.items():
        assert by_name(filter) == names, (filter, by_name(filter))


@scenario
def orders():
    """NaN comes after numbers and missing values last, in both directions"""
    assert find(order=["metrics.loss ASC"]) == ["r4", "r1", "r0", "r2", "r3"]
    assert find(order=["metrics.loss DESC"]) == ["r0", "r1", "r4", "r2", "r3"]
    assert find(order=["params.lr", "run_name DESC"]) == ["r1", "r2", "r0", "r4", "r3"]
    assert find(order=["tags.stage DESC", "start_time ASC"]) == ["r1", "r4", "r0", "r2", "r3"]
    assert find(order=["start_time ASC"]) == ["r0", "r1", "r2", "r3", "r4"]
    assert find(order=["end_time DESC"])[:2] == ["r1", "r0"]


@scenario
def pages():
    """pages follow one another without gaps or doubles"""
    for order in (None, ["metrics.loss DESC"], ["params.net"]):
        whole, seen, token = find(order=order), [], None
        while True:
            page = client.search_runs([experiment], order_by=order, max_results=2, page_token=token)
            seen += [run.info.run_name for run in page]
            token = page.token
            if not token:
                break
        assert seen == whole, (order, seen)
    page = client.search_runs([experiment], max_results=5)
    assert len(page) == 5 and not page.token, "an exact last page has no token"


@scenario
def several_experiments():
    """several experiments are searched at once; none are none"""
    assert [r.info.run_name for r in client.search_runs([experiment, other], order_by=["run_name DESC"], max_results=1)] == ["r9"]
    assert list(client.search_runs([])) == []


@scenario
def whole_runs():
    """a run found is whole: metrics with NaN and a clamped infinity, parameters, tags"""
    run = client.search_runs([experiment], "run_name = 'r2'")[0]
    assert math.isnan(run.data.metrics["loss"]) and run.data.params == {"lr": "0.1"}
    run = client.search_runs([experiment], "run_name = 'r3'")[0]
    assert run.data.metrics["acc"] == 1.7976931348623157e308
    assert run.data.tags["my tag"] == "with space"


@scenario
def data_frame():
    """search_runs gives a data frame"""
    frame = mlflow.search_runs([experiment], order_by=["attributes.run_name"])
    assert list(frame["tags.mlflow.runName"]) == ["r0", "r1", "r2", "r3", "r4"]
    assert list(frame["status"]) == ["FINISHED", "FAILED", "RUNNING", "RUNNING", "RUNNING"]
    assert frame["metrics.loss"].isna().tolist() == [False, False, True, True, False]
    assert frame["params.lr"].tolist()[:3] == ["0.1", "0.01", "0.1"]
    frame = mlflow.search_runs(experiment_names=["search"], filter_string="metrics.loss < 0.4", output_format="list")
    assert {run.info.run_name for run in frame} == {"r1", "r4"}


@scenario
def errors():
    """what is wrong in a search is said in MLflow's words"""
    cases = {
        "metrics.a > 1 OR metrics.b > 1": "Invalid clause(s) in filter string",
        "loss > 1": "Invalid attribute key 'loss' specified",
        "foo.bar = 'x'": "Invalid entity type 'foo'",
        "metrics.loss = 'x'": "Expected numeric value type for metric",
        "params.lr = 0.1": "Expected a quoted string value for parameter",
        "params.lr = LR": "Parameter value is either not quoted",
        "params.lr > '1'": "Invalid comparator '>'",
    }
    for filter, text in cases.items():
        refused("INVALID_PARAMETER_VALUE", text, client.search_runs, [experiment], filter)
    refused("INVALID_PARAMETER_VALUE", "Invalid ordering key", client.search_runs, [experiment], order_by=["metrics.loss UP"])
    refused("INVALID_PARAMETER_VALUE", "`order_by` contains duplicate fields", client.search_runs, [experiment], order_by=["start_time", "created"])
    refused("INVALID_PARAMETER_VALUE", "max_results", client.search_runs, [experiment], max_results=50001)
    refused("INVALID_PARAMETER_VALUE", "positive integer", client.search_runs, [experiment], max_results=0)
    refused("INVALID_PARAMETER_VALUE", "", client.search_runs, [experiment], page_token="nonsense")
    refused("INVALID_PARAMETER_VALUE", "must be a valid integer", client.search_runs, ["x"])


main()
