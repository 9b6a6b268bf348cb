// "Search images of it": the way to more images of a label that has few or none.
import { t } from '../../../edges/i18n';
import { complain } from '../complain';
import { searchFor } from './open-search';

interface Props {
  /** The label's name. */
  name: string;
  primary?: boolean;
}

export function SearchButton({ name, primary = false }: Props) {
  return (
    <button type="button" class={primary ? 'primary' : ''} onClick={() => searchFor(name).catch(complain)}>
      {t('search_images')}
    </button>
  );
}
