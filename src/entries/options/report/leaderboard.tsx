// The heads the automatic choice tried, best first, and why the winner won.
import './leaderboard.css';
import type { LeaderboardRow } from '../../../contract/head';
import type { Report } from '../../../contract/report';
import { duration, number, percent, t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { WideTable } from '../app/wide-table';

interface Props {
  rows: LeaderboardRow[];
  reason: Report['head']['reason'];
}

export function Leaderboard({ rows, reason }: Props) {
  const sorted = [...rows].sort((a, b) => a.loss - b.loss);
  return (
    <div class="card">
      <h2>{t('leaderboard')}</h2>
      <p class="soft small">
        {t('leaderboard_hint')}
        {rows.some(({ lambda }) => lambda !== undefined) && ` ${t('lambda_hint')}`}
      </p>
      {reason && <p>{why(reason.code, rows)}</p>}
      {rows.length > 0 && (
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
              <Row key={nameOf(row)} row={row} />
            ))}
          </tbody>
        </WideTable>
      )}
    </div>
  );
}

function Row({ row }: { row: LeaderboardRow }) {
  return (
    <tr>
      <th scope="row">
        {nameOf(row)}
        {row.folds < row.allFolds && (
          <span class="soft small"> · {t('judged_on', number(row.folds), number(row.allFolds))}</span>
        )}
      </th>
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
  );
}

/** A report from before λ tells the bare l2. */
function nameOf({ kind, lambda, l2 }: LeaderboardRow): string {
  if (lambda !== undefined) return t('head_linear_lambda', number(lambda, 0, 6));
  return l2 === undefined ? t(`head_${kind}`) : t('head_linear_l2', number(l2, 0, 6));
}

function why(code: string, rows: LeaderboardRow[]): string {
  const winner = rows.find(row => row.winner);
  return winner
    ? t(`choice_${code}`, nameOf(winner), number(winner.loss, 3), number(winner.folds))
    : t(`choice_${code}`);
}
