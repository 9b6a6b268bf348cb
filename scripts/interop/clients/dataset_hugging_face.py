"""Hugging Face's datasets reads the folder of dataset.zip: prints classes in order and counts, for each split.

Both by the line of the README, which takes the dataset card as the Hub does, and by `imagefolder` alone, which gives numbers
without names; the two must agree.
"""
import collections
import json
import os
import re
import sys

folder, cache = (os.path.abspath(path) for path in sys.argv[1:3])
os.environ["HF_DATASETS_CACHE"] = cache
import datasets

SPLITS = {"train": "train", "validation": "valid", "test": "test"}
with open(os.path.join(folder, "labels.json"), encoding="utf-8") as file:
    names = json.load(file)


def count(data):
    found = {}
    for split, rows in data.items():
        counts = collections.Counter(row["label"] for row in rows if row["image"].size)
        found[SPLITS[split]] = [[name, counts[i]] for i, name in enumerate(names)]
    return found


with open(os.path.join(folder, "README.md"), encoding="utf-8") as readme:
    line = re.search(r"^datasets\.load_dataset\(.*?\)", readme.read(), re.M)[0]
os.chdir(os.path.dirname(folder))
by_readme = eval(line)
for split, rows in by_readme.items():
    assert rows.features["label"].names == names, (split, rows.features)
found = count(by_readme)
alone = count(datasets.load_dataset("imagefolder", data_dir=folder))
if found != alone:
    sys.exit(f"the README's line finds {found}, imagefolder {alone}")
print(json.dumps(found))
