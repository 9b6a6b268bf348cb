// What the background is downloading, how long that takes, with pause and resume; and why nothing moves, when nothing does.
import './queue-bar.css';
import { duration, number, plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { AccessButton } from '../../parts/access-button';
import { attempt, complain } from '../../parts/complain';
import { Icon } from '../../parts/icon';
import { timeToEmpty } from '../app/pace';
import { pace, queue } from '../app/state';

export function QueueBar() {
  const { queued, paused } = queue.value;
  if (queued === 0 && paused !== 'user') return null;
  const { done } = pace.value;
  const left = paused ? undefined : timeToEmpty(pace.value, Date.now());
  return (
    <section class="queue-bar" aria-label={t('downloads')}>
      <p>{plural('to_download', queued)}</p>
      {queued > 0 && (
        <progress
          value={done}
          max={done + queued}
          aria-label={t('downloads')}
          title={t('downloads_done', number(done), number(done + queued))}
        />
      )}
      <p class="small soft">
        {paused ? t(`paused_${paused}`) : left === undefined ? '' : t('time_left', duration(left))}
      </p>
      {paused === 'no-permission' ? (
        <AccessButton primary={false} onError={complain} />
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
