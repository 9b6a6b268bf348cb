"""torchvision's ImageFolder reads the folders of dataset.zip: prints classes in order and counts, for each split."""
import collections
import json
import os
import sys

from torchvision.datasets import ImageFolder

found = {}
for split in ("train", "valid", "test"):
    # A class may have no image in a small split; its folder is there, so that the numbers of the classes stay.
    data = ImageFolder(os.path.join(sys.argv[1], split), allow_empty=True)
    counts = collections.Counter(label for image, label in data if image.size)
    found[split] = [[name, counts[i]] for i, name in enumerate(data.classes)]
print(json.dumps(found))
