// The bin: what deleted images still take, the way to them, and the way to be rid of them for good.
import { byteSize, plural, t } from '../../../edges/i18n';
import { binContents } from '../../../edges/store/bin';
import { EmptyBin } from '../app/empty-bin';
import { useRead } from '../app/read';
import { DELETED } from '../app/route';
import { samplesVersion } from '../app/state';

export function BinRow() {
  const { value: contents } = useRead([samplesVersion], binContents);
  if (!contents || contents.images === 0) return null;
  return (
    <div class="row">
      <span>{t('bin_holds', plural('images', contents.images), byteSize(contents.bytes))}</span>
      <a class="button" href={`#dataset/${DELETED}`}>
        {t('show_deleted')}
      </a>
      <EmptyBin />
    </div>
  );
}
