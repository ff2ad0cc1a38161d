"""Trains a small network on scikit-learn's digits, epoch by epoch, and logs it with the ordinary mlflow client.

Nothing here knows about Cairn but the address: the same file logs to any tracking server.
"""

import argparse
import os

import matplotlib

matplotlib.use("Agg")  # no screen needed

import mlflow
import numpy as np
from sklearn.datasets import load_digits
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score, classification_report, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--hidden", type=int, default=32, help="units of the hidden layer")
    parser.add_argument("--learning-rate", type=float, default=0.002)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--run-name", default=None)
    return parser.parse_args()


def load_data(seed: int):
    digits = load_digits()
    train_x, val_x, train_y, val_y = train_test_split(
        digits.data, digits.target, test_size=0.25, random_state=seed, stratify=digits.target
    )
    scaler = StandardScaler().fit(train_x)
    return scaler.transform(train_x), scaler.transform(val_x), train_y, val_y


def measure(model: MLPClassifier, x, y, phase: str) -> dict[str, float]:
    chances = model.predict_proba(x)
    return {
        f"{phase}/loss": log_loss(y, chances, labels=model.classes_),
        f"{phase}/accuracy": accuracy_score(y, model.classes_[chances.argmax(axis=1)]),
    }


def log_report(model: MLPClassifier, x, y) -> None:
    guesses = model.predict(x)
    display = ConfusionMatrixDisplay.from_predictions(y, guesses)
    display.ax_.set_title("Validation set")
    mlflow.log_figure(display.figure_, "confusion-matrix.png")
    mlflow.log_text(classification_report(y, guesses), "classification-report.txt")


def main() -> None:
    args = read_arguments()
    mlflow.set_tracking_uri(os.environ.get("MLFLOW_TRACKING_URI", "http://127.0.0.1:4600"))
    mlflow.set_experiment("digits")
    train_x, val_x, train_y, val_y = load_data(args.seed)
    shuffle = np.random.default_rng(args.seed)
    model = MLPClassifier(
        hidden_layer_sizes=(args.hidden,), learning_rate_init=args.learning_rate, random_state=args.seed
    )

    with mlflow.start_run(run_name=args.run_name) as run:
        mlflow.log_params(
            {
                "model": "MLPClassifier",
                "epochs": args.epochs,
                "hidden": args.hidden,
                "learning_rate": args.learning_rate,
                "batch_size": args.batch_size,
                "seed": args.seed,
            }
        )
        mlflow.set_tags({"dataset": "digits", "framework": "scikit-learn"})
        for epoch in range(args.epochs):
            order = shuffle.permutation(len(train_x))
            for start in range(0, len(order), args.batch_size):
                batch = order[start : start + args.batch_size]
                model.partial_fit(train_x[batch], train_y[batch], classes=np.arange(10))
            metrics = measure(model, train_x, train_y, "train") | measure(model, val_x, val_y, "val")
            mlflow.log_metrics(metrics, step=epoch)
            print(f"epoch {epoch:3d}  val loss {metrics['val/loss']:.4f}  val accuracy {metrics['val/accuracy']:.3f}")
        log_report(model, val_x, val_y)
        print(f"run {run.info.run_id}")


if __name__ == "__main__":
    main()
