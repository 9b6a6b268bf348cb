// What a trained head says of many rows, in bulk on the tensor backend.
import * as tf from '@tensorflow/tfjs-core';
import { BATCH_NORM_EPSILON, type HeadWeights } from '../../contract/head';
import { type FeatureTable, gather, softmaxRows } from './data';

const CHUNK = 512;

/** Probabilities [rows × classes], in the order of the rows. */
export async function classify(weights: HeadWeights, table: FeatureTable, rows: Int32Array): Promise<Float32Array> {
  const all = new Float32Array(rows.length * table.classes);
  const layers = tf.tidy(() => upload(weights));
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.subarray(start, start + CHUNK);
    const logits = tf.tidy(() => {
      let x = tf.tensor2d(gather(table, part), [part.length, table.length]);
      if (layers.first) {
        const { w, b, scale, shift } = layers.first;
        x = tf.add(tf.mul(tf.relu(tf.add(tf.matMul(x, w), b)), scale), shift);
      }
      return tf.add(tf.matMul(x, layers.last.w), layers.last.b);
    });
    all.set(await logits.data(), start * table.classes);
    logits.dispose();
  }
  tf.dispose(layers as unknown as tf.TensorContainer);
  return softmaxRows(all, table.classes);
}

function upload(weights: HeadWeights) {
  const matrix = ({ rows, columns, values }: { rows: number; columns: number; values: Float32Array }) =>
    tf.tensor2d(values, [rows, columns]);
  if (weights.kind === 'linear') return { last: { w: matrix(weights.w), b: tf.tensor1d(weights.b) } };
  const { gamma, beta, mean, variance } = weights;
  const scale = gamma.map((value, i) => value / Math.sqrt(variance[i]! + BATCH_NORM_EPSILON));
  return {
    first: {
      w: matrix(weights.w1),
      b: tf.tensor1d(weights.b1),
      scale: tf.tensor1d(scale),
      shift: tf.tensor1d(beta.map((value, i) => value - mean[i]! * scale[i]!)),
    },
    last: { w: matrix(weights.w2), b: tf.tensor1d(weights.b2) },
  };
}
