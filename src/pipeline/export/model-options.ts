// What a user may choose of model.zip; apart from the writers, so that a screen can show it without loading them.

/**
 * What of a format depends on the other choices: whether it may hold the head alone, and 16-bit weights; and how many bytes
 * a weight takes in it otherwise.
 */
export const MODEL_FORMATS = {
  tfjs: { headOnly: true, half: true, bytes: 4 },
  keras: { headOnly: true, half: false, bytes: 4 },
  onnx: { headOnly: true, half: true, bytes: 4 },
  tflite: { headOnly: true, half: true, bytes: 4 },
  // Beside the bytes there is a scale for each channel, and biases stay as they are.
  'tflite-int8': { headOnly: true, half: false, bytes: 1.04 },
  // Its loader is built on a TensorFlow.js that knows no halves.
  'teachable-machine': { headOnly: false, half: false, bytes: 4 },
} as const;
export type ModelFormatName = keyof typeof MODEL_FORMATS;
/** In the order in which they are shown and written. */
export const MODEL_FORMAT_NAMES = Object.keys(MODEL_FORMATS) as ModelFormatName[];

export interface ModelOptions {
  formats: ModelFormatName[];
  /** Without the backbone: the model takes the backbone's features instead of pixels. */
  headOnly: boolean;
  /** Weights as 16-bit floats, in formats that have a place for them. */
  half: boolean;
}
/** One format, with the page that runs it: each more is as large again. */
export const MODEL_DEFAULTS: ModelOptions = { formats: ['tfjs'], headOnly: false, half: false };
