"""MediaPipe's image classifier, told nothing but the file: prints probabilities of raw 224 x 224 RGB pictures, by the labels it found in the metadata."""
import json
import sys

import mediapipe as mp
import numpy as np
from mediapipe.tasks import python
from mediapipe.tasks.python import vision

labels = json.loads(sys.argv[3])
raw = np.fromfile(sys.argv[2], dtype="uint8").reshape(-1, 224, 224, 3)
options = vision.ImageClassifierOptions(base_options=python.BaseOptions(model_asset_path=sys.argv[1]))
with vision.ImageClassifier.create_from_options(options) as classifier:
    answers = []
    for one in raw:
        picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(one))
        categories = classifier.classify(picture).classifications[0].categories
        scores = {category.category_name: category.score for category in categories}
        answers.append([scores[label] for label in labels])
print(json.dumps(answers))
