import os
import tempfile
from pathlib import Path

os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"] = "true"
os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD"] = "true"
# Thresholds far below the usual ones (500 MB, 10 MB, 100 MB), so that small files go in parts.
os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = str(5 * 1024 * 1024)
os.environ["MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"] = str(5 * 1024 * 1024)
os.environ["MLFLOW_MULTIPART_DOWNLOAD_CHUNK_SIZE"] = str(1024 * 1024)

import mlflow  # noqa: E402
from mlflow import MlflowClient  # noqa: E402

from scenario import main, scenario  # noqa: E402

client = MlflowClient()
mlflow.set_experiment("multipart")


@scenario
def parts():
    """a large file goes up and comes down in parts, and is the same"""
    from mlflow.store.artifact.http_artifact_repo import HttpArtifactRepository

    sent = []
    upload = HttpArtifactRepository._upload_part
    HttpArtifactRepository._upload_part = staticmethod(lambda credential, *args, **kwargs: sent.append(credential.url) or upload(credential, *args, **kwargs))
    content = os.urandom(12 * 1024 * 1024 + 7)
    with tempfile.TemporaryDirectory() as folder, mlflow.start_run() as run:
        path = Path(folder, "weights ü.bin")
        path.write_bytes(content)
        mlflow.log_artifact(str(path), "deep/er")
        small = Path(folder, "small.txt")
        small.write_text("small")
        mlflow.log_artifact(str(small))
        assert len(sent) == 3, sent
        assert [(f.path, f.file_size) for f in client.list_artifacts(run.info.run_id, "deep/er")] == [("deep/er/weights ü.bin", len(content))]
        down = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="deep/er/weights ü.bin", dst_path=folder)
        assert Path(down).read_bytes() == content
        assert Path(mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="small.txt", dst_path=folder)).read_text() == "small"


main()
