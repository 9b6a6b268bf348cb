"""Current Keras loads keras/model.h5: prints the probabilities of raw 224 x 224 RGB pictures laid end to end in a file."""
import json
import sys

import keras
import numpy as np

model = keras.models.load_model(sys.argv[1], compile=False)
raw = np.fromfile(sys.argv[2], dtype="uint8").reshape(-1, 224, 224, 3)
print(json.dumps(model.predict(raw.astype("float32"), verbose=0).tolist()))
