// What people call a backbone.
import type { BackboneInfo } from '../../contract/features';
import { t } from '../../edges/i18n';

const WORDS = { 'keras-v1': 'keras', 'torch-v1.5': 'torch', 'efficientnet-lite0': 'lite0' } as const;

export function networkName({ family }: Pick<BackboneInfo, 'family'>): string {
  return t(`family_${WORDS[family]}`);
}
