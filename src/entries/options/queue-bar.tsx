// What the background is downloading, with pause and resume; and why nothing moves, when nothing moves.
import { plural, t } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { AccessButton } from '../parts/access-button';
import { Icon } from '../parts/icon';
import { attempt, complain } from './notices';
import { queue } from './state';

export function QueueBar() {
  const { queued, paused } = queue.value;
  if (queued === 0 && paused !== 'user') return null;
  return (
    <section class="queue-bar" aria-label={t('downloads')}>
      <p>{plural('to_download', queued)}</p>
      {paused && <p class="small soft">{t(`paused_${paused}`)}</p>}
      {paused === 'no-permission' ? (
        <AccessButton onError={complain} />
      ) : paused ? (
        <button type="button" onClick={() => attempt(() => ask('resumeQueue', {}))}>
          <Icon name="play" size={16} />
          {t('resume')}
        </button>
      ) : (
        <button type="button" onClick={() => attempt(() => ask('pauseQueue', {}))}>
          <Icon name="pause" size={16} />
          {t('pause')}
        </button>
      )}
    </section>
  );
}
