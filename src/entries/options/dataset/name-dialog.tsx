// Asks for a label's name. A name that is taken or blank is said before anything is sent.
import { useSignal } from '@preact/signals';
import type { Label } from '../../../contract/label';
import { t } from '../../../edges/i18n';
import { Dialog } from '../dialog';

interface Props {
  title: string;
  action: string;
  name?: string;
  taken: Label[];
  onName: (name: string) => void;
  onClose: () => void;
}

export function NameDialog({ title, action, name = '', taken, onName, onClose }: Props) {
  const value = useSignal(name);
  const wanted = value.value.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const clash = wanted !== name && taken.some(label => label.name === wanted);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!wanted || clash) return;
    if (wanted !== name) onName(wanted);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <label class="field">
          <span class="name">{t('label_name')}</span>
          <input
            dir="auto"
            autoFocus
            required
            value={value.value}
            aria-invalid={clash}
            aria-describedby="name-clash"
            onInput={event => (value.value = event.currentTarget.value)}
          />
        </label>
        <p id="name-clash" class="small clash" role="status">
          {clash ? t('name_taken', wanted) : ''}
        </p>
        <div class="row end">
          <button type="button" onClick={onClose}>
            {t('cancel')}
          </button>
          <button type="submit" class="primary" disabled={!wanted || clash}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
