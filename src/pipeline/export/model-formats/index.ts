// All formats of model.zip; `model-options.ts` says what a screen must know of them.
import type { ModelFormatName } from '../model-options';
import { keras } from './keras';
import type { ModelFormat } from './model-format';
import { onnx } from './onnx';
import { teachableMachine } from './teachable-machine';
import { tfjs } from './tfjs';
import { tflite, tfliteInt8 } from './tflite';

export const modelFormats: Record<ModelFormatName, ModelFormat> = {
  tfjs,
  keras,
  onnx,
  tflite,
  'tflite-int8': tfliteInt8,
  'teachable-machine': teachableMachine,
};
