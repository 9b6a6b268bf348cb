// Which map lies over an image: none, what the backbone responded to, or the evidence for one class.
import type { Prediction } from '../../contract/report';
import { percent, t } from '../../edges/i18n';
import { named } from '../../pipeline/bucket/label-name';
import type { HeatMap } from './paint-heat';

/** `none`, `activation`, or the number of a class in the prediction's `top`. */
export type ChosenMap = 'none' | 'activation' | `${number}`;

export function chosenMap(prediction: Prediction | undefined, chosen: ChosenMap): HeatMap | undefined {
  if (!prediction || chosen === 'none') return undefined;
  if (chosen === 'activation') return { values: prediction.activation };
  const values = prediction.gradCams[Number(chosen)];
  return values && { values, floor: 0 };
}

/** Whether the map shows anything: with no evidence for a class there is nothing to colour. */
export function isEmpty(map: HeatMap | undefined): boolean {
  return map?.floor === 0 && map.values.every(value => value === 0);
}

interface Props {
  prediction: Prediction;
  chosen: ChosenMap;
  onChoose: (chosen: ChosenMap) => void;
}

export function MapChoice({ prediction, chosen, onChoose }: Props) {
  return (
    <select aria-label={t('map')} value={chosen} onChange={event => onChoose(event.currentTarget.value as ChosenMap)}>
      <option value="activation">{t('map_activation')}</option>
      <optgroup label={t('map_grad_cam')}>
        {prediction.top.map(({ label, p }, index) => (
          <option key={label} value={index} title={label}>
            {t('grad_cam_for', named(label, 24))} · {percent(p)}
          </option>
        ))}
      </optgroup>
      <option value="none">{t('map_none')}</option>
    </select>
  );
}
