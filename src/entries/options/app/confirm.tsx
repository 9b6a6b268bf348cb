// A question with one way on and one way back, asked before something that is not easily taken back.
import type { ComponentChildren } from 'preact';
import { t } from '../../../edges/i18n';
import { Dialog } from './dialog';

interface AnswersProps {
  /** The words of the way on. */
  action: string;
  danger?: boolean;
  disabled?: boolean;
  /** Further buttons, before the two. */
  beside?: ComponentChildren;
  /** Missing in a form, which is submitted. */
  onYes?: () => void;
  onClose: () => void;
}

interface Props extends AnswersProps {
  title: string;
  wide?: boolean;
  onYes: () => void;
  children: ComponentChildren;
}

export function Confirm({ title, wide = false, children, ...answers }: Props) {
  return (
    <Dialog title={title} wide={wide} onClose={answers.onClose}>
      {children}
      <Answers {...answers} />
    </Dialog>
  );
}

/** The buttons of every dialog that asks. */
export function Answers({ action, danger = false, disabled = false, beside, onYes, onClose }: AnswersProps) {
  return (
    <div class="row end">
      {beside}
      <button type="button" onClick={onClose}>
        {t('cancel')}
      </button>
      <button
        type={onYes ? 'button' : 'submit'}
        class={danger ? 'danger' : 'primary'}
        disabled={disabled}
        onClick={onYes}
      >
        {action}
      </button>
    </div>
  );
}
