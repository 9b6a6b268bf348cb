"""Real Keras: the article's head from given weights, over given batches, without dropout; prints the losses of each epoch.

    keras_head.py RUN.json

RUN.json: {folder, inputs, hidden, classes, rate, epsilon, decay, train, valid, epochs: [[[row, ...], ...], ...]}; the folder
holds x, w1, b1, w2, b2 as float32 and truth as int32.
"""
import json
import sys

import keras
import numpy as np

run = json.load(open(sys.argv[1]))


def read(name, *shape, dtype="<f4"):
    return np.fromfile(f"{run['folder']}/{name}", dtype=dtype).reshape(*shape)


inputs, hidden, classes = run["inputs"], run["hidden"], run["classes"]
x, truth = read("x", -1, inputs), read("truth", -1, dtype="<i4")
targets = keras.utils.to_categorical(truth, classes)
model = keras.Sequential(
    [
        keras.Input((inputs,)),
        keras.layers.Dense(hidden, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dense(classes, activation="softmax"),
    ]
)
model.layers[0].set_weights([read("w1", inputs, hidden), read("b1", hidden)])
model.layers[2].set_weights([read("w2", hidden, classes), read("b2", classes)])
# The article's Adam(decay=1e-4): the older optimiser divides the rate by 1 + decay * step.
rate = keras.optimizers.schedules.InverseTimeDecay(run["rate"], decay_steps=1, decay_rate=run["decay"])
model.compile(keras.optimizers.Adam(rate, epsilon=run["epsilon"]), "categorical_crossentropy")

history = []
for batches in run["epochs"]:
    total = 0.0
    for rows in batches:
        # Keras reports a running mean since the last reset.
        model.reset_metrics()
        total += float(model.train_on_batch(x[rows], targets[rows])) * len(rows)
    valid = model.evaluate(x[run["valid"]], targets[run["valid"]], batch_size=4096, verbose=0)
    history.append({"loss": total / sum(map(len, batches)), "valLoss": float(valid)})
print(json.dumps(history))
