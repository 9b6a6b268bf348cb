"""onnxruntime loads onnx/model.onnx: prints the probabilities of raw 224 x 224 RGB pictures laid end to end in a file."""
import json
import sys

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
raw = np.fromfile(sys.argv[2], dtype="uint8").reshape(-1, 224, 224, 3)
(probabilities,) = session.run(["probabilities"], {session.get_inputs()[0].name: raw.astype("float32")})
print(json.dumps(probabilities.tolist()))
