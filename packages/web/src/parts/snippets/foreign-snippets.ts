/** Code for the client of the foreign wire: the only file of the page that names it, because people paste it. */
export interface CodeSnippet {
  /** Shown on the tab. */
  readonly title: string;
  readonly code: string;
}

/** A first run, logged by the foreign Python client. */
export function firstRunSnippet(url: string): CodeSnippet {
  return {
    title: "Python",
    code: `# pip install mlflow
import mlflow

mlflow.set_tracking_uri("${url}")
mlflow.set_experiment("first")

with mlflow.start_run():
    mlflow.log_param("learning_rate", 0.01)
    for step in range(100):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_text("it works", "notes.txt")
`,
  };
}

/** A version of a model, loaded by the foreign Python client. `ref`: a number, or an alias. */
export function loadModelSnippet(url: string, name: string, ref: string): CodeSnippet {
  const at = /^\d+$/.test(ref) ? `models:/${name}/${ref}` : `models:/${name}@${ref}`;
  return {
    title: "Python",
    code: `import mlflow

mlflow.set_tracking_uri("${url}")
uri = ${JSON.stringify(at)}
folder = mlflow.artifacts.download_artifacts(uri)
# or, for a model that it logged:
# model = mlflow.pyfunc.load_model(uri)
`,
  };
}

/** A folder of files, registered as a model by the foreign Python client. */
export function registerModelSnippet(url: string): CodeSnippet {
  return {
    title: "Python",
    code: `# pip install mlflow
import mlflow

mlflow.set_tracking_uri("${url}")
mlflow.set_experiment("first")

with mlflow.start_run() as run:
    mlflow.log_text("weights", "model/weights.txt")
    mlflow.log_metric("accuracy", 0.93)
mlflow.register_model(f"runs:/{run.info.run_id}/model", "digits")
`,
  };
}
