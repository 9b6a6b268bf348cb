// A question with one way on and one way back, asked before something that is not easily taken back.
import type { ComponentChildren } from 'preact';
import { t } from '../../../edges/i18n';
import { Dialog } from './dialog';

interface Props {
  title: string;
  /** The words of the way on. */
  action: string;
  danger?: boolean;
  onYes: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

export function Confirm({ title, action, danger = false, onYes, onClose, children }: Props) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <div class="row end">
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="button" class={danger ? 'danger' : 'primary'} onClick={onYes}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
