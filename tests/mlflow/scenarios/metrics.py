import math
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

from scenario import main, refused, scenario

client = MlflowClient()
experiment = mlflow.set_experiment("metrics").experiment_id


def new_run():
    return client.create_run(experiment).info.run_id


def points(id, key):
    return [(m.timestamp, m.step, m.value) for m in client.get_metric_history(id, key)]


@scenario
def fluent():
    """log_metric and log_metrics give a curve, and the latest value"""
    with mlflow.start_run() as run:
        for step in range(20):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
            mlflow.log_metrics({"acc": step / 20, "train/f1 score": step}, step=step)
    id = run.info.run_id
    assert client.get_run(id).data.metrics == {"loss": 1 / 20, "acc": 19 / 20, "train/f1 score": 19}
    history = client.get_metric_history(id, "loss")
    assert [m.step for m in history] == list(range(20))
    assert [m.value for m in history] == [1 / (step + 1) for step in range(20)]
    assert all(m.key == "loss" for m in history)
    assert points(id, "nothing") == []


@scenario
def batch():
    """a batch of a thousand points is kept exactly"""
    id = new_run()
    now = int(time.time() * 1000)
    values = [(i * 0.1, now + i, i) for i in range(100)]
    metrics = [Metric(f"m{key}", value, at, step) for value, at, step in values for key in range(10)]
    client.log_batch(id, metrics=metrics)
    assert len(client.get_run(id).data.metrics) == 10
    for key in (0, 9):
        assert points(id, f"m{key}") == [(at, step, value) for value, at, step in values]


@scenario
def retried():
    """a batch sent twice is there once"""
    id = new_run()
    metrics = [Metric("m", i, 1000 + i, i) for i in range(50)]
    for _ in range(2):
        client.log_batch(id, metrics=metrics)
    assert len(points(id, "m")) == 50


@scenario
def asynchronous():
    """asynchronous logging loses nothing"""
    with mlflow.start_run() as run:
        futures = [mlflow.log_metric("m", i, step=i, synchronous=False) for i in range(300)]
        futures.append(mlflow.log_params({"p": 1}, synchronous=False))
        futures.append(mlflow.set_tag("t", "v", synchronous=False))
        for future in futures:
            future.wait()
    mlflow.flush_async_logging()
    data = client.get_run(run.info.run_id).data
    assert data.params == {"p": "1"} and data.tags["t"] == "v"
    assert sorted(m.step for m in client.get_metric_history(run.info.run_id, "m")) == list(range(300))


@scenario
def no_numbers():
    """NaN comes back as NaN, infinities as the greatest double"""
    id = new_run()
    for step, value in enumerate((float("nan"), float("inf"), float("-inf"), 1.5)):
        client.log_metric(id, "m", value, timestamp=1, step=step)
    values = [m.value for m in client.get_metric_history(id, "m")]
    assert math.isnan(values[0]) and values[1:] == [1.7976931348623157e308, -1.7976931348623157e308, 1.5]


@scenario
def latest():
    """the latest is the greatest (step, timestamp, value), in whatever order they came"""
    id = new_run()
    for step, at, value in ((5, 1, 1.0), (3, 9, 2.0), (5, 2, 3.0), (5, 2, 2.5), (4, 99, 4.0)):
        client.log_metric(id, "m", value, timestamp=at, step=step)
    assert client.get_run(id).data.metrics["m"] == 3.0
    assert points(id, "m") == [(1, 5, 1.0), (2, 5, 2.5), (2, 5, 3.0), (9, 3, 2.0), (99, 4, 4.0)]
    client.log_metric(id, "only nan", float("nan"), timestamp=1)
    assert math.isnan(client.get_run(id).data.metrics["only nan"])


@scenario
def without_steps():
    """points without a step share step 0 and are ordered by time"""
    id = new_run()
    for at in (30, 10, 20):
        client.log_metric(id, "m", at, timestamp=at)
    assert points(id, "m") == [(10, 0, 10), (20, 0, 20), (30, 0, 30)]
    client.log_metric(id, "negative", 1, timestamp=1, step=-5)
    assert points(id, "negative") == [(1, -5, 1)]


@scenario
def long_history():
    """a history longer than a page is read whole, and page by page"""
    id = new_run()
    total = 27_000
    for start in range(0, total, 1000):
        client.log_batch(id, metrics=[Metric("m", i, i, i) for i in range(start, start + 1000)])
    assert [m.step for m in client.get_metric_history(id, "m")] == list(range(total))
    store = client._tracking_client.store
    seen, token, pages = [], None, 0
    while True:
        page = store.get_metric_history(id, "m", max_results=10_000, page_token=token)
        seen += [m.step for m in page]
        pages += 1
        token = page.token
        if not token:
            break
    assert seen == list(range(total)) and pages == 3, pages


@scenario
def errors():
    """a metric that cannot be is refused"""
    id = new_run()
    refused("INVALID_PARAMETER_VALUE", "Names may only contain", client.log_metric, id, "a#b", 1)
    refused("INVALID_PARAMETER_VALUE", "would resolve to", client.log_metric, id, "../a", 1)
    refused("INVALID_PARAMETER_VALUE", "exceeds the maximum length of 250", client.log_metric, id, "k" * 251, 1)
    store = client._tracking_client.store
    refused("INVALID_PARAMETER_VALUE", "at most 1000 metrics. Got 1001 metrics.", store.log_batch, id, [Metric("m", 1, i, i) for i in range(1001)], [], [])
    refused("INVALID_PARAMETER_VALUE", "Timestamp must be a nonnegative long", store.log_batch, id, [Metric("m", 1, -1, 0)], [], [])
    assert client.get_run(id).data.metrics == {}, "a refused batch leaves nothing"


main()
