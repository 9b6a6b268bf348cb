// The choice of one of the labels there are.
import { named } from '../../../pipeline/bucket/label-name';
import { labels } from '../app/state';

interface Props {
  /** For the ear, and shown until a label is chosen. */
  name: string;
  /** Id of the label; empty for none yet. */
  value: string;
  onChoose: (id: string) => void;
}

export function LabelField({ name, value, onChoose }: Props) {
  return (
    <select aria-label={name} value={value} onChange={event => onChoose(event.currentTarget.value)}>
      <option value="">{name}</option>
      {(labels.value ?? []).map(label => (
        <option key={label.id} value={label.id} title={label.name}>
          {named(label.name)}
        </option>
      ))}
    </select>
  );
}
