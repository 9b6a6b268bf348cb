// What the keys do on the grid, behind a question mark: nobody guesses digits, and nobody needs them told twice.
import './keys-help.css';
import { t } from '../../../edges/i18n';
import { Menu } from '../app/menu';
import { COMMANDS_OF_GRID } from './commands';

export function KeysHelp() {
  return (
    <Menu name="?" title={t('keys')}>
      <dl class="keys small">
        {COMMANDS_OF_GRID.map(({ name }) => (
          <div key={name}>
            <dt>{t(`key_${name}`)}</dt>
            <dd class="soft">{t(`key_${name}_does`)}</dd>
          </div>
        ))}
      </dl>
    </Menu>
  );
}
