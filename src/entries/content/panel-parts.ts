// The panel's elements: a header that stays in sight, the form for a new label's name, and what a harvest shows.
import { t } from '../../edges/i18n';
import { element } from './element';

/** What a person's presses do. */
export interface PanelActions {
  loadMore(): void;
  stop(): void;
  undo(): void;
  close(): void;
  /** The name is trimmed and not empty. */
  name(name: string): void;
  savePage(): void;
  /** Folds the panel, or unfolds it. */
  fold(): void;
}

export type PanelParts = ReturnType<typeof panelParts>;

/** Makes all of them, whatever the panel shows first. They react to trusted events only. */
export function panelParts(doc: Document, actions: PanelActions) {
  const { header, phase, fold } = headerParts(doc, actions);
  const { form, ...naming } = formParts(doc, actions);
  const { run, ...running } = runParts(doc, actions);
  const body = element(doc, 'div', { class: 'body', id: 'body' }, form, run);
  const frame = element(doc, 'section', { class: 'panel', 'aria-label': 'Gleaner', tabindex: '-1' }, header, body);
  return { frame, body, phase, fold, form, ...naming, run, ...running };
}

function headerParts(doc: Document, actions: PanelActions) {
  const icon = (sign: string, words: string, action: () => void): HTMLButtonElement => {
    const button = pressable(doc, sign, action, 'icon');
    button.setAttribute('aria-label', words);
    button.title = words;
    return button;
  };
  const fold = icon('–', t('panel_minimise'), () => actions.fold());
  fold.setAttribute('aria-expanded', 'true');
  fold.setAttribute('aria-controls', 'body');
  const close = icon('✕', t('panel_close'), () => actions.close());
  // In the header, so that it is seen of a folded panel, too.
  const phase = element(doc, 'span', { class: 'phase' });
  const header = element(doc, 'header', {}, element(doc, 'span', { class: 'brand' }, 'Gleaner'), phase, fold, close);
  return { header, phase, fold };
}

function formParts(doc: Document, actions: PanelActions) {
  const input = element(doc, 'input', {
    type: 'text',
    required: true,
    autocomplete: 'off',
    dir: 'auto',
  });
  const wrong = element(doc, 'p', { class: 'notice', role: 'alert', hidden: true });
  const submit = element(doc, 'button', { type: 'submit', class: 'primary' }, t('panel_name_submit'));
  const form = element(
    doc,
    'form',
    {},
    element(doc, 'label', {}, t('panel_name'), input),
    wrong,
    element(doc, 'div', { class: 'buttons' }, submit),
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    const name = input.value.trim();
    if (event.isTrusted && name !== '') actions.name(name);
  });
  return { form, input, wrong };
}

function runParts(doc: Document, actions: PanelActions) {
  const label = element(doc, 'span', { class: 'label', dir: 'auto' });
  const tiles = element(doc, 'span', { class: 'tiles' });
  const fill = element(doc, 'div', { class: 'fill' });
  const bar = element(
    doc,
    'div',
    { class: 'bar', role: 'progressbar', 'aria-label': t('panel_bar'), 'aria-valuemin': '0', 'aria-valuemax': '100' },
    fill,
  );
  const downloaded = element(doc, 'span', { class: 'downloaded' });
  const progress = element(doc, 'div', { class: 'bar-row' }, bar, downloaded);
  const summary = element(doc, 'p', { class: 'summary', role: 'status' });
  const notice = element(doc, 'p', { class: 'notice', role: 'alert', hidden: true });
  const more = pressable(doc, t('panel_load_more'), () => actions.loadMore(), 'primary');
  const stop = pressable(doc, t('panel_stop'), () => actions.stop());
  const undo = pressable(doc, t('panel_undo'), () => actions.undo());
  const save = pressable(doc, t('panel_save_page'), () => actions.savePage());
  const run = element(
    doc,
    'div',
    { class: 'run' },
    element(doc, 'div', { class: 'row' }, label, tiles),
    progress,
    summary,
    notice,
    element(doc, 'div', { class: 'buttons' }, more, stop, undo, save),
  );
  return { run, label, tiles, fill, bar, downloaded, progress, summary, notice, more, stop, undo, save };
}

function pressable(doc: Document, words: string, action: () => void, kind = ''): HTMLButtonElement {
  const button = element(doc, 'button', { type: 'button', class: kind }, words);
  // Only a person's press counts: the page can send events to the host, though never into the root.
  button.addEventListener('click', event => {
    if (event.isTrusted) action();
  });
  return button;
}
