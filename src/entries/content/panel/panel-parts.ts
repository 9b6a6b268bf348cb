// The panel's elements: a header that stays in sight, the form for a new label's name, and what a harvest shows.
import { t } from '../../../edges/i18n';
import { element } from './element';

/** What a person's presses do. */
export interface PanelActions {
  loadMore(): void;
  stop(): void;
  undo(): void;
  close(): void;
  /** Takes the name that was typed. */
  submit(): void;
  savePage(): void;
  /** Folds the panel, or unfolds it. */
  fold(): void;
}

export type PanelParts = ReturnType<typeof panelParts>;

/** What a press of each control does. */
export type Presses = Map<HTMLElement, () => void>;

/** Makes all of them, whatever the panel shows first. Whoever hears a press asks whether it counts. */
export function panelParts(doc: Document, actions: PanelActions) {
  const presses: Presses = new Map();
  const { header, phase, fold } = headerParts(doc, presses, actions);
  const { form, ...naming } = formParts(doc, presses, actions);
  const { run, ...running } = runParts(doc, presses, actions);
  const body = element(doc, 'div', { class: 'body', id: 'body' }, form, run);
  const frame = element(doc, 'section', { class: 'panel', 'aria-label': 'Gleaner', tabindex: '-1' }, header, body);
  return { presses, frame, body, phase, fold, form, ...naming, run, ...running };
}

function headerParts(doc: Document, presses: Presses, actions: PanelActions) {
  const icon = (sign: string, words: string, action: () => void): HTMLButtonElement => {
    const button = pressable(doc, presses, sign, action, 'icon');
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

function formParts(doc: Document, presses: Presses, actions: PanelActions) {
  // No form: a page that came by one could submit it, and browsers would call that event trusted.
  const input = element(doc, 'input', {
    type: 'text',
    required: true,
    autocomplete: 'off',
    enterkeyhint: 'done',
    dir: 'auto',
  });
  const wrong = element(doc, 'p', { class: 'notice', role: 'alert', hidden: true });
  const submit = pressable(doc, presses, t('panel_name_submit'), () => actions.submit(), 'primary');
  const form = element(
    doc,
    'div',
    { class: 'form' },
    element(doc, 'label', {}, t('panel_name'), input),
    wrong,
    element(doc, 'div', { class: 'buttons' }, submit),
  );
  return { form, input, wrong, submit };
}

function runParts(doc: Document, presses: Presses, actions: PanelActions) {
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
  const more = pressable(doc, presses, t('panel_load_more'), () => actions.loadMore(), 'primary');
  const stop = pressable(doc, presses, t('panel_stop'), () => actions.stop());
  const undo = pressable(doc, presses, t('panel_undo'), () => actions.undo());
  const save = pressable(doc, presses, t('panel_save_page'), () => actions.savePage());
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

function pressable(doc: Document, presses: Presses, words: string, action: () => void, kind = ''): HTMLButtonElement {
  const button = element(doc, 'button', { type: 'button', class: kind }, words);
  presses.set(button, action);
  return button;
}
