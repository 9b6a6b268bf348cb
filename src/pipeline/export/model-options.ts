// What a user may choose of model.zip; apart from the writers, so that a screen can show it without loading them.
export const MODEL_FORMATS = ['tfjs', 'keras', 'onnx', 'tflite', 'tflite-int8', 'teachable-machine'] as const;
export type ModelFormat = (typeof MODEL_FORMATS)[number];

export interface ModelOptions {
  formats: ModelFormat[];
  /** Without the backbone: the model takes the backbone's features instead of pixels. */
  headOnly: boolean;
  /** Weights as 16-bit floats, except in Keras's file, which has no place for them, and where they have 8 bits. */
  half: boolean;
}
/** One format, with the page that runs it: each more is as large again. */
export const MODEL_DEFAULTS: ModelOptions = { formats: ['tfjs'], headOnly: false, half: false };
