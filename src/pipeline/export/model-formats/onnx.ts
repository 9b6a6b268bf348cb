// ONNX, which onnxruntime and many others load: one file.
import { inPython } from './in-python';
import type { Loading, ModelFormat } from './model-format';
import { onnxGraph } from './onnx-graph';

export const onnx: ModelFormat = {
  tag: 'onnx',
  *files({ layers, labels, backbone, generator, half }, folder) {
    const metadata = { labels: JSON.stringify(labels), backbone };
    yield { path: `${folder}model.onnx`, bytes: onnxGraph(layers, { half, producer: generator, metadata }) };
  },
  readme: loading => `# ONNX model (opset 13)

Input \`${inputOf(loading)}\`, output \`probabilities\`.

${inPython(
  'onnxruntime',
  ['import onnxruntime'],
  [
    "session = onnxruntime.InferenceSession('onnx/model.onnx')",
    `probabilities = session.run(None, {'${inputOf(loading)}': x})[0][0]`,
  ],
  loading,
)}`,
};

function inputOf({ headOnly }: Loading): string {
  return headOnly ? 'features' : 'image';
}
