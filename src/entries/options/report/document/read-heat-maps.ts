// The heat maps of the report as a file: computed where they were not yet, painted, and put into addresses.
import { geometryOf } from '../../../../backbones';
import { GleanerError } from '../../../../contract/error';
import type { Model, Verdict } from '../../../../contract/report';
import { explain, t } from '../../../../edges/i18n';
import { predictedClass } from '../../../../pipeline/report/verdicts';
import { type HeatMap, heatFile } from '../../../parts/paint-heat';
import { evidenceFor, explainImages, explanationOf, type KeptExplanation } from '../../image/explanations';
import { dataAddress } from '../embedded-images';

export interface EmbeddedHeatMaps {
  shown: {
    verdict: Verdict;
    activation: string;
    /** Grad-CAM of the class predicted, and of the true one where that is another. */
    evidence: { label: string; address: string }[];
  }[];
  /** Why there are none, in words. */
  missing?: string;
}

/** What the app can name (weights that are gone or others now) is told in the report; other errors reject. */
export async function readHeatMaps(
  model: Model,
  sha256s: string[],
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<EmbeddedHeatMaps> {
  try {
    await explainImages(model, sha256s, onProgress, signal);
  } catch (error) {
    if (!(error instanceof GleanerError)) throw error;
    return { shown: [], missing: t('no_heat_maps', explain(error)) };
  }
  const shown: EmbeddedHeatMaps['shown'] = [];
  for (const sha256 of sha256s) {
    const [explanation, verdict] = [explanationOf(model, sha256), model.verdicts.find(one => one.sha256 === sha256)];
    if (explanation && verdict) shown.push(await painted(model, verdict, explanation));
  }
  return { shown };
}

async function painted(
  { backbone, report: { labels } }: Model,
  verdict: Verdict,
  explanation: KeptExplanation,
): Promise<EmbeddedHeatMaps['shown'][number]> {
  const geometry = geometryOf(backbone.id);
  const paint = async (map: HeatMap) => dataAddress(await heatFile(explanation.image, geometry, map, 'image/jpeg'));
  const evidence: { label: string; address: string }[] = [];
  for (const k of new Set([predictedClass(verdict), verdict.truth])) {
    const label = labels[k] ?? '';
    const map = evidenceFor(label, explanation);
    if (map) evidence.push({ label, address: await paint(map) });
  }
  return { verdict, activation: await paint({ values: explanation.prediction.activation }), evidence };
}
