"""Hugging Face's datasets reads the folder of dataset.zip: prints classes in order and counts, for each split.

Both as the README says (`imagefolder`) and as the Hub would (by the dataset card); the two must agree.
"""
import collections
import json
import sys

import datasets

SPLITS = {"train": "train", "validation": "valid", "test": "test"}
folder, cache = sys.argv[1:3]


def count(data):
    found = {}
    for split, rows in data.items():
        # With a metadata.csv the labels are words, which Hugging Face's own encoder puts in order.
        rows = rows.class_encode_column("label")
        names = rows.features["label"].names
        counts = collections.Counter(row["label"] for row in rows if row["image"].size)
        found[SPLITS[split]] = [[name, counts[i]] for i, name in enumerate(names)]
    return found


found = count(datasets.load_dataset("imagefolder", data_dir=folder, cache_dir=cache))
by_card = count(datasets.load_dataset(folder, cache_dir=cache))
if found != by_card:
    sys.exit(f"imagefolder finds {found}, the dataset card {by_card}")
print(json.dumps(found))
