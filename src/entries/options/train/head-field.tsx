// Which head is trained, and what that means.
import { backboneOf } from '../../../backbones';
import { resnet50Keras } from '../../../backbones/resnet50';
import type { HeadChoice } from '../../../contract/head';
import { t } from '../../../edges/i18n';
import { networkName } from '../../parts/network-name';
import { backbone } from '../app/state';
import { choice } from './training';

/** What the article put its head on. */
const RECIPES_NETWORK = resnet50Keras.network;
const CHOICES: HeadChoice[] = ['auto', 'article', 'linear'];

export function HeadField() {
  const inUse = backbone.value;
  const recipeDiffers = choice.value === 'article' && inUse && backboneOf(inUse.family).network !== RECIPES_NETWORK;
  return (
    <>
      <label class="field short">
        <span class="name">{t('head')}</span>
        <select value={choice.value} onChange={event => (choice.value = event.currentTarget.value as HeadChoice)}>
          {CHOICES.map(name => (
            <option key={name} value={name}>
              {t(`recipe_${name}`)}
            </option>
          ))}
        </select>
      </label>
      <p class="soft">
        {t('head_explained')} {t(`head_${choice.value}_hint`)}
        {recipeDiffers && ` ${t('head_article_backbone', networkName(inUse))}`}
      </p>
    </>
  );
}
