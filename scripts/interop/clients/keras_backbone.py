"""Real Keras: a ResNet-50 of random weights as a legacy `notop` file, and its features of raw RGB pictures.

    keras_backbone.py SEED WEIGHTS.h5 PIXELS FEATURES

PIXELS holds pictures of 224 x 224 x 3 bytes end to end; FEATURES gets 2048 float32 for each.
"""
import sys

import h5py
import keras
import numpy as np

seed, weights, pixels, features = int(sys.argv[1]), *sys.argv[2:5]
random = np.random.default_rng(seed)
model = keras.applications.ResNet50(weights=None, include_top=False, pooling="avg")


def draw(layer, name, shape):
    """He-uniform kernels, and batch-norm statistics far from 0 and 1; quiet ends of blocks keep sums from growing."""
    if name == "kernel":
        limit = np.sqrt(6 / np.prod(shape[:3]))
        return random.uniform(-limit, limit, shape)
    stem = layer == "conv1_bn"
    ends = layer.endswith("_3_bn") or layer.endswith("_0_bn")
    low, high = {
        "bias": (-0.1, 0.1),
        "gamma": (0.2, 0.5) if ends else (0.7, 1.4),
        "beta": (-0.3, 0.3),
        "moving_mean": (-0.4, 0.4),
        "moving_variance": (2000, 6000) if stem else (0.4, 2.0),
    }[name]
    return random.uniform(low, high, shape)


with h5py.File(weights, "w") as file:
    layers = [layer for layer in model.layers if layer.weights]
    # The published file: Keras 2's layout, byte strings, every name with its ":0".
    file.attrs["layer_names"] = np.array([layer.name.encode() for layer in model.layers])
    file.attrs["backend"], file.attrs["keras_version"] = b"tensorflow", b"2.0.8"
    for layer in model.layers:
        group = file.create_group(layer.name)
        names = [f"{layer.name}/{weight.name}:0" for weight in layer.weights]
        group.attrs["weight_names"] = np.array([name.encode() for name in names], dtype="S64")
        for name, weight in zip(names, layer.weights):
            values = draw(layer.name, weight.name, tuple(weight.shape)).astype("float32")
            group.create_dataset(name, data=values)

# Keras itself reads the file, so that it holds for both what it holds.
model.load_weights(weights)
raw = np.fromfile(pixels, dtype="uint8").reshape(-1, 224, 224, 3)
inputs = keras.applications.resnet50.preprocess_input(raw.astype("float32"))
model.predict(inputs, batch_size=4, verbose=0).astype("<f4").tofile(features)
