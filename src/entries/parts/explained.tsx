// An image the model has judged, with a choice of maps of where it looked; what is shown can be saved.
import { useSignal } from '@preact/signals';
import { geometryOf } from '../../backbones';
import type { Prediction } from '../../contract/report';
import { t } from '../../edges/i18n';
import { saveFile } from '../../edges/save-file';
import { HeatImage } from './heat-image';
import { type ChosenMap, chosenMap, isEmpty, MapChoice } from './map-choice';
import { wholeFile } from './paint-heat';

/** Of the saved image. */
const TYPE = 'PNG';

interface Props {
  image: Blob;
  /** Undefined while the model has not answered. */
  prediction: Prediction | undefined;
  /** Of the image alone. */
  alt: string;
  onError: (error: unknown) => void;
}

export function Explained({ image, prediction, alt, onError }: Props) {
  // What speaks for the likeliest label.
  const chosen = useSignal<ChosenMap>('0');
  // Before the answer it is not known which model it will be; most see the middle.
  const geometry = prediction ? geometryOf(prediction.backbone.id) : 'crop';
  const map = chosenMap(prediction, chosen.value);
  const label = prediction?.top[Number(chosen.value)]?.label;
  const words = !map ? alt : label === undefined ? t('heat_alt') : t('grad_cam_alt', label);
  const save = () => {
    wholeFile(image, geometry, map)
      .then(file => saveFile(file, `${label === undefined ? chosen.value : 'grad-cam'}.png`))
      .catch(onError);
  };
  return (
    <div class="explained">
      <HeatImage whole image={image} geometry={geometry} map={map} alt={words} onError={onError} />
      {prediction && (
        <>
          <div class="row">
            <MapChoice prediction={prediction} chosen={chosen.value} onChoose={value => (chosen.value = value)} />
            <button type="button" class="quiet small" aria-label={t('save_as', t('map'), TYPE)} onClick={save}>
              {TYPE}
            </button>
          </div>
          <p class="small soft">{t(`sees_${geometry}`)}</p>
          <p class="small soft" role="status">
            {isEmpty(map) && label !== undefined ? t('map_empty', label) : ''}
          </p>
        </>
      )}
    </div>
  );
}
