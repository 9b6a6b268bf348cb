"""LiteRT loads a model.tflite: prints the probabilities of raw 224 x 224 RGB pictures laid end to end in a file, and the labels that the file carries."""
import json
import sys
import zipfile

import numpy as np
from ai_edge_litert.interpreter import Interpreter

classify = Interpreter(sys.argv[1]).get_signature_runner()
raw = np.fromfile(sys.argv[2], dtype="uint8").reshape(-1, 1, 224, 224, 3)
probabilities = [classify(image=one.astype("float32"))["probabilities"][0].tolist() for one in raw]
with zipfile.ZipFile(sys.argv[1]) as carried:
    labels = carried.read("labels.txt").decode("utf-8").splitlines()
print(json.dumps({"probabilities": probabilities, "labels": labels}))
