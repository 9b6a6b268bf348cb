// The heads the automatic choice tried, best first, and why the winner won.
import type { LeaderboardRow } from '../../../contract/head';
import type { Report } from '../../../contract/report';
import { duration, number, percent, t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { WideTable } from '../wide-table';

interface Props {
  rows: LeaderboardRow[];
  reason: Report['head']['reason'];
}

export function Leaderboard({ rows, reason }: Props) {
  const sorted = [...rows].sort((a, b) => a.loss - b.loss);
  return (
    <div class="card">
      <h2>{t('leaderboard')}</h2>
      <p class="soft small">{t('leaderboard_hint')}</p>
      {reason && <p>{t(`choice_${reason.code}`, ...reason.words)}</p>}
      <WideTable name={t('leaderboard')} class="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('head')}</th>
            <th scope="col" class="number">
              {t('cross_validated_loss')}
            </th>
            <th scope="col" class="number">
              {t('accuracy')}
            </th>
            <th scope="col" class="number">
              {t('time_taken')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {sorted.map(row => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td class="number">{number(row.loss, 3)}</td>
              <td class="number">{percent(row.acc)}</td>
              <td class="number">{duration(row.seconds)}</td>
              <td>
                {row.winner && (
                  <span class="winner">
                    <Icon name="check" size={16} />
                    {t('winner')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}
