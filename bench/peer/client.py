"""The work of a data scientist with the unmodified `mlflow` client, timed. Prints one JSON object.

usage: client.py log URL FOLDER QUICK | client.py search URL | client.py floor URL
"""

import json
import logging
import os
import sys
import time
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"
logging.disable(logging.WARNING)

import mlflow  # noqa: E402
from mlflow.entities import Metric  # noqa: E402

FILTER = "metrics.acc > 0.9 AND params.lr = '0.1'"
ORDER = ["metrics.loss ASC"]
PAGE = 50
START = 1_760_000_000_000


def main() -> None:
    work, url, *rest = sys.argv[1:]
    mlflow.set_tracking_uri(url)
    client = mlflow.MlflowClient(url)
    works = {
        "log": lambda: log(client, Path(rest[0]), rest[1] == "quick"),
        "search": lambda: search(client),
        "floor": lambda: floor(client),
    }
    print(json.dumps(works[work]()))


def timed(work, times: int) -> float:
    """Median seconds of one call, after one that is not counted."""
    work(0)
    taken = []
    for index in range(1, times + 1):
        started = time.perf_counter()
        work(index)
        taken.append(time.perf_counter() - started)
    return sorted(taken)[times // 2]


def log(client, folder: Path, quick: bool) -> dict:
    run = client.create_run("0").info.run_id
    batch, one = loggers(client, run)

    result = {
        "run": run,
        "log_batch": timed(batch, 5 if quick else 20),
        "log_metric": timed(one, 20 if quick else 100),
        "create_run": timed(lambda _: client.create_run("0"), 10 if quick else 50),
    }
    result["points"] = (6 if quick else 21) * 1000 + (21 if quick else 101)
    return result | history(client, quick) | files(client, run, folder, quick)


def loggers(client, run: str):
    """A call of a thousand metrics, and one of a single metric, by step."""
    names = [f"metric_{index}" for index in range(1000)]

    def batch(step: int) -> None:
        client.log_batch(run, [Metric(name, step * 0.37 + index, START + step, step) for index, name in enumerate(names)])

    def one(step: int) -> None:
        client.log_metric(run, "alone", step / 3, START + step, step)

    return batch, one


def floor(client) -> dict:
    """What the client takes by itself, against a server that answers at once."""
    batch, one = loggers(client, client.create_run("0").info.run_id)
    return {
        "log_batch": timed(batch, 20),
        "log_metric": timed(one, 100),
        "create_run": timed(lambda _: client.create_run("0"), 50),
        "first": timed(lambda _: client.search_runs(["1"], FILTER, order_by=ORDER, max_results=PAGE), 10),
    }


def history(client, quick: bool) -> dict:
    """All points of one metric, read as the client reads them."""
    run = client.create_run("0").info.run_id
    count = 5_000 if quick else 100_000
    for start in range(0, count, 1000):
        points = [Metric("long", step / 7, START + step, step) for step in range(start, start + 1000)]
        client.log_batch(run, points)

    def read(_: int) -> None:
        found = len(client.get_metric_history(run, "long"))
        if found != count:
            raise SystemExit(f"{found} points came back, not {count}")

    return {"history": timed(read, 1 if quick else 3)}


def files(client, run: str, folder: Path, quick: bool) -> dict:
    large = folder / "large.bin"
    many = folder / "many"
    size = 8 << 20 if quick else 256 << 20
    large.write_bytes(os.urandom(1 << 20) * (size >> 20))
    many.mkdir()
    count = 20 if quick else 1000
    for index in range(count):
        (many / f"{index}.bin").write_bytes(os.urandom(10 << 10))
    result = {}
    started = time.perf_counter()
    client.log_artifact(run, str(large))
    result["upload_large"] = time.perf_counter() - started
    started = time.perf_counter()
    client.log_artifacts(run, str(many), "many")
    result["upload_many"] = time.perf_counter() - started
    for name, path in (("download_large", "large.bin"), ("download_many", "many")):
        target = folder / name
        target.mkdir()
        started = time.perf_counter()
        client.download_artifacts(run, path, str(target))
        result[name] = time.perf_counter() - started
    if (folder / "download_large" / "large.bin").read_bytes() != large.read_bytes():
        raise SystemExit("the large file came back changed")
    if len(list((folder / "download_many" / "many").iterdir())) != count:
        raise SystemExit("not all small files came back")
    return result


def search(client) -> dict:
    experiments = [experiment.experiment_id for experiment in client.search_experiments() if experiment.name != "Default"]

    def ask(token=None, text=FILTER):
        return client.search_runs(experiments, text, order_by=ORDER, max_results=PAGE, page_token=token)

    token = None
    seen = []
    for _ in range(10):
        page = ask(token, "")
        seen += [run.info.run_id for run in page]
        token = page.token
    if len(set(seen)) != 10 * PAGE:
        raise SystemExit("a run is on two pages")
    return {
        "names": [run.info.run_name for run in ask()],
        "first": timed(lambda _: ask(), 10),
        "deep": timed(lambda _: ask(token, ""), 10),
    }


main()
