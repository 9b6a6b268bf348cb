// Whether a model is as sure as it is right: the expected calibration error over images it was not trained with.
import type { Calibration, Verdict } from '../../contract/report';
import { heldOut, predictedClass } from './verdicts';

/** Bins of equal width: fewer than the paper's 15, because a project holds out tens of images, not thousands. */
const BINS = 10;

/**
 * The expected calibration error: Σ over the bins of (images in the bin / images) · |accuracy − mean confidence|, where
 * an image lies in the bin of its likeliest label's probability, from (m − 1)/10 exclusive to m/10 inclusive.
 * C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of modern neural networks", ICML 2017, equation 3.
 * Over the test images, or those of validation where there are none; undefined where nothing was held out. Few images
 * exaggerate it, because each bin's accuracy is then coarse.
 */
export function calibrationOf(verdicts: readonly Verdict[]): Calibration | undefined {
  const held = heldOut(verdicts);
  if (!held) return undefined;
  const bins = Array.from({ length: BINS }, () => ({ images: 0, right: 0, confidence: 0 }));
  for (const verdict of held.verdicts) {
    const predicted = predictedClass(verdict);
    const confidence = verdict.p[predicted] ?? 0;
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1))]!;
    bin.images++;
    bin.confidence += confidence;
    if (predicted === verdict.truth) bin.right++;
  }
  const filled = bins.filter(({ images }) => images > 0);
  const gaps = filled.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence), 0);
  const all = filled.reduce((sum, { confidence }) => sum + confidence, 0);
  const images = held.verdicts.length;
  return {
    split: held.split,
    images,
    error: gaps / images,
    confidence: all / images,
    bins: filled.map(({ images: count, right, confidence }) => ({
      images: count,
      accuracy: right / count,
      confidence: confidence / count,
    })),
  };
}
