// Asks for a label's name. A name that is taken, blank or too long is said before anything is sent.
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Label, LONGEST_LABEL_NAME } from '../../../contract/label';
import { number, t } from '../../../edges/i18n';
import { named, tidyName } from '../../../pipeline/bucket/label-name';
import { Answers } from '../app/confirm';
import { Dialog } from '../app/dialog';

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
  const field = useRef<HTMLInputElement>(null);
  // The old name gives way to what is typed, as names do everywhere.
  useLayoutEffect(() => field.current?.select(), []);
  const wanted = tidyName(value.value);
  const clash = wanted !== name && taken.some(label => label.name === wanted);
  const tooLong = wanted.length > LONGEST_LABEL_NAME;
  const wrong = clash
    ? t('name_taken', named(wanted))
    : tooLong
      ? t('name_long', number(wanted.length), number(LONGEST_LABEL_NAME))
      : '';
  const submit = (event: Event) => {
    event.preventDefault();
    if (!wanted || wrong) return;
    if (wanted !== name) onName(wanted);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <label class="field">
          <span class="name">{t('label_name')}</span>
          <input
            ref={field}
            dir="auto"
            autoFocus
            required
            value={value.value}
            aria-invalid={wrong !== ''}
            aria-describedby="name-clash"
            onInput={event => (value.value = event.currentTarget.value)}
          />
        </label>
        <p id="name-clash" class="small clash" role="status">
          {wrong}
        </p>
        <Answers action={action} disabled={!wanted || wrong !== ''} onClose={onClose} />
      </form>
    </Dialog>
  );
}
