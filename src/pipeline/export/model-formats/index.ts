// All formats of model.zip; `model-options.ts` says what a screen must know of them.
import type { ModelFormatName } from '../model-options';
import { keras } from './keras';
import type { ModelFormat } from './model-format';
import { onnx } from './onnx';
import { teachableMachine } from './teachable-machine';
import { tfjs } from './tfjs';

export const modelFormats: Record<ModelFormatName, ModelFormat> = {
  tfjs,
  keras,
  onnx,
  'teachable-machine': teachableMachine,
};
