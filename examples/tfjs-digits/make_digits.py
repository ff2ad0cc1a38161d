"""Writes digits.csv.gz from the copy of the data set that scikit-learn ships: 64 pixels (0..16) and the digit a row."""

import gzip
from pathlib import Path

from sklearn.datasets import load_digits

digits = load_digits()
header = ",".join([*(f"p{i}" for i in range(64)), "digit"])
rows = (",".join(str(int(value)) for value in [*pixels, digit]) for pixels, digit in zip(digits.data, digits.target))
text = "\n".join([header, *rows]) + "\n"
# No time stamp: the same data gives the same bytes.
Path(__file__).with_name("digits.csv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
