// The whole report as one HTML file: images and charts inside, no script, no request, light or dark as its reader likes.
import { render } from 'preact';
import type { Model } from '../../../contract/report';
import type { DrawnReport } from '../../../pipeline/export/shared-page';
import base from '../../parts/style/base.css?inline';
import cards from '../../parts/style/cards.css?inline';
import legend from '../../parts/style/legend.css?inline';
import tables from '../../parts/style/tables.css?inline';
import chart from '../app/chart.css?inline';
import accuracies from './accuracies.css?inline';
import { FEW, MANY, readContent } from './document/content';
import { ReportDocument, reportTitle } from './document/report-document';
import page from './document/report-document.css?inline';
import leaderboard from './leaderboard.css?inline';
import matrices from './matrix.css?inline';
import perClass from './per-class.css?inline';
import verdicts from './verdict-strip.css?inline';
import looks from './where-it-looked.css?inline';
import words from './words.css?inline';

/** As on the screen, the general first; what differs on paper last. */
const STYLE = [
  base,
  cards,
  tables,
  legend,
  chart,
  words,
  accuracies,
  perClass,
  leaderboard,
  matrices,
  verdicts,
  looks,
  page,
];

/** Even a file that was tampered with may load nothing and run nothing. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

type OnProgress = (done: number, total: number) => void;

/**
 * The report of the model in use as an HTML document. Its images are thumbnails from the collection; images deleted
 * since are named as gone. Heat maps not computed yet are computed first, and counted by `onProgress`; without the
 * backbone the report says why there are none. Needs a document to draw with, so it runs in a page, not in a worker.
 * Rejects with the signal's reason.
 */
export async function reportHtml(model: Model, onProgress: OnProgress, signal: AbortSignal): Promise<string> {
  const body = await drawn(model, onProgress, signal, 'body');
  const title = document.createElement('title');
  title.textContent = reportTitle(model.report.labels);
  return [
    '<!doctype html>',
    `<html lang="${document.documentElement.lang}" dir="${document.documentElement.dir}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    title.outerHTML,
    `<style>${STYLE.join('\n')}</style>`,
    '</head>',
    body.outerHTML,
    '</html>',
    '',
  ].join('\n');
}

/** The report with fewer images, as part of another page, to stand in a room of its own. Rejects as `reportHtml` does. */
export async function reportInPage(model: Model, onProgress: OnProgress, signal: AbortSignal): Promise<DrawnReport> {
  const article = await drawn(model, onProgress, signal, 'article');
  return { style: STYLE.join('\n'), html: article.outerHTML };
}

/** The report's elements in one of this name, which is no part of this page. */
async function drawn(
  model: Model,
  onProgress: OnProgress,
  signal: AbortSignal,
  name: 'body' | 'article',
): Promise<HTMLElement> {
  const content = await readContent(model, onProgress, signal, name === 'body' ? MANY : FEW);
  signal.throwIfAborted();
  const drawing = document.createElement(name);
  render(<ReportDocument {...content} Frame={name === 'body' ? 'main' : 'div'} />, drawing);
  const copy = drawing.cloneNode(true) as HTMLElement;
  render(null, drawing);
  return copy;
}
