// The heads the automatic choice tried, best first, and why the winner won.
import './leaderboard.css';
import { networkNames } from '../../../backbones/together';
import type { BackboneComparison, LeaderboardRow } from '../../../contract/head';
import type { Report } from '../../../contract/report';
import { byteSize, duration, number, percent, plural, t } from '../../../edges/i18n';
import { Icon } from '../../parts/icon';
import { WideTable } from '../app/wide-table';

interface Props {
  rows: LeaderboardRow[];
  /** The head of the report they are of. */
  head: Pick<Report['head'], 'reason' | 'backbones' | 'leftOut'>;
}

export function Leaderboard({ rows, head: { reason, backbones = [], leftOut = [] } }: Props) {
  const sorted = [...rows].sort((a, b) => a.loss - b.loss);
  return (
    <div class="card">
      <h2>{t('leaderboard')}</h2>
      <p class="soft small">
        {t('leaderboard_hint')}
        {rows.some(({ lambda }) => lambda !== undefined) && ` ${t('lambda_hint')}`}
      </p>
      {reason && <p>{why(reason.code, rows)}</p>}
      {backbones.map(one => (
        <p key={one.other}>{compared(one)}</p>
      ))}
      {leftOut.length > 0 && <p class="soft">{t('backbone_left_out', leftOut.map(networkNames).join(', '))}</p>}
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

/** Which backbone was taken and by how much; where the smaller was taken in doubt, what the larger one would cost. */
function compared({ winner, other, by, error, bytes, seconds }: BackboneComparison): string {
  const [mine, its] = [networkNames(winner), networkNames(other)];
  const said =
    by > 0 && (by > error || bytes.winner <= bytes.other)
      ? t('backbone_won', mine, its, number(by, 3), number(error, 3))
      : t('backbone_near', mine, its, number(-by, 3), number(error, 3));
  const cost = t('backbone_sizes', mine, byteSize(bytes.winner), its, byteSize(bytes.other));
  if (!seconds) return `${said} ${cost}`;
  return `${said} ${cost} ${t('backbone_seconds', duration(seconds.winner), duration(seconds.other))}`;
}

function nameOf(row: LeaderboardRow): string {
  return row.backbone === undefined ? headName(row) : t('head_on_backbone', headName(row), networkNames(row.backbone));
}

/** A report from before λ tells the bare l2. */
function headName({ kind, lambda, l2 }: LeaderboardRow): string {
  if (lambda !== undefined) return t('head_linear_lambda', number(lambda, 0, 6));
  return l2 === undefined ? t(`head_${kind}`) : t('head_linear_l2', number(l2, 0, 6));
}

function why(code: string, rows: LeaderboardRow[]): string {
  const winner = rows.find(row => row.winner);
  return winner
    ? t(`choice_${code}`, nameOf(winner), number(winner.loss, 3), plural('folds', winner.folds))
    : t(`choice_${code}`);
}
