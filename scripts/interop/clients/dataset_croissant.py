"""MLCommons' own reader takes croissant.json and the table it describes: prints labels and counts, for each split."""
import collections
import json
import os
import sys

import mlcroissant

dataset = mlcroissant.Dataset(os.path.join(sys.argv[1], "croissant.json"))
images, labels = dataset.metadata.record_sets
names = {row[f"{labels.id}/folder"]: row[f"{labels.id}/name"] for row in dataset.records(labels.id)}
found = collections.defaultdict(collections.Counter)
for row in dataset.records(images.id):
    split, label, path = (row[f"{images.id}/{field}"].decode() for field in ("split", "label", "file"))
    # Each row names a file that is there.
    assert os.path.isfile(os.path.join(sys.argv[1], path)), path
    found[split][names[label]] += 1
print(json.dumps({split: sorted(counts.items()) for split, counts in found.items()}))
