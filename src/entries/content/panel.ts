// The panel in the page: a closed shadow root at the bottom right. It shows a state and passes on presses.
import { t } from '../../edges/i18n';
import { element } from './element';
import { attachStyle } from './panel-style';
import {
  downloadedText,
  layoutChanged,
  nothingFound,
  noticeText,
  type PanelState,
  summaryText,
  tilesText,
} from './panel-words';

export interface PanelActions {
  loadMore(): void;
  stop(): void;
  undo(): void;
  close(): void;
  name(name: string): void;
  savePage(): void;
}

export class Panel {
  /** The only node the page sees. */
  readonly host: HTMLElement;
  private readonly root: ShadowRoot;
  private readonly frame: HTMLElement;
  private readonly parts;

  constructor(
    private readonly doc: Document,
    private readonly actions: PanelActions,
  ) {
    this.host = element(doc, 'div');
    this.root = this.host.attachShadow({ mode: 'closed' });
    attachStyle(this.root);
    this.parts = this.build();
    const { form, run, header } = this.parts;
    const body = element(doc, 'div', { class: 'body', id: 'body' }, form, run);
    this.frame = element(doc, 'section', { class: 'panel', 'aria-label': 'Gleaner', tabindex: '-1' }, header, body);
    this.root.append(this.frame);
    // Keys typed here are no shortcuts of the page.
    for (const type of ['keydown', 'keyup', 'keypress'] as const) {
      this.host.addEventListener(type, event => {
        if (type === 'keydown' && event.key === 'Escape' && event.isTrusted) this.minimise(true);
        event.stopPropagation();
      });
    }
  }

  /** Puts the panel (back) into the page; pages that rebuild themselves may have dropped it. */
  attach(): void {
    if (!this.host.isConnected) this.doc.documentElement.append(this.host);
  }

  detach(): void {
    this.host.remove();
  }

  show(state: PanelState): void {
    const { form, wrong, run, label, tiles, progress, bar, fill, downloaded, summary, notice, phase } = this.parts;
    this.attach();
    const naming = state.phase === 'naming';
    form.hidden = !naming;
    run.hidden = naming;
    say(label, state.label);
    label.title = state.label;
    say(tiles, state.phase === 'image' ? '' : tilesText(state));
    const share = state.added > 0 ? Math.min(1, (state.stored + state.rejected) / state.added) : 0;
    fill.style.setProperty('width', `${Math.round(share * 100)}%`);
    bar.setAttribute('aria-valuenow', String(Math.round(share * 100)));
    say(downloaded, downloadedText(state));
    say(summary, naming ? '' : summaryText(state));
    const words = noticeText(state);
    for (const [place, here] of [
      [notice, !naming],
      [wrong, naming],
    ] as const) {
      say(place, here ? words : '');
      place.hidden = words === '' || !here;
    }
    const changed = layoutChanged(state) && state.phase !== 'left';
    const nothing = nothingFound(state);
    const { phase: now } = state;
    this.offer({
      more: !nothing && !['loading', 'undoing', 'undone', 'image', 'left'].includes(now),
      stop: now === 'loading' || (now === 'collecting' && !nothing),
      undo: now !== 'undone' && now !== 'undoing' && state.added > 0,
      save: changed,
    });
    progress.hidden = now === 'undone' || nothing;
    say(phase, t(`panel_phase_${state.phase}`));
  }

  /** Opens the form for a new label's name, with a suggestion; the one time the panel takes the focus. */
  askName(suggestion: string): void {
    this.minimise(false);
    const { input } = this.parts;
    input.value = suggestion;
    input.focus();
    input.select();
  }

  minimise(minimised: boolean): void {
    const { form, run, fold } = this.parts;
    (form.parentElement ?? run).hidden = minimised;
    this.frame.classList.toggle('minimised', minimised);
    fold.setAttribute('aria-expanded', String(!minimised));
    fold.setAttribute('aria-label', t(minimised ? 'panel_restore' : 'panel_minimise'));
    fold.title = fold.getAttribute('aria-label') ?? '';
    say(fold, minimised ? '+' : '–');
    if (minimised && this.root.activeElement !== null) fold.focus();
  }

  /** Shows these buttons; the focus moves on from one that goes. */
  private offer(shown: Record<'more' | 'stop' | 'undo' | 'save', boolean>): void {
    const names = ['more', 'stop', 'undo', 'save'] as const;
    const focused = names.find(name => this.parts[name] === this.root.activeElement);
    for (const name of names) this.parts[name].hidden = !shown[name];
    if (focused === undefined || shown[focused]) return;
    const next = names.find(name => shown[name]);
    (next === undefined ? this.frame : this.parts[next]).focus();
  }

  private build() {
    const { doc, actions } = this;
    const press = (words: string, action: () => void, kind = ''): HTMLButtonElement => {
      const button = element(doc, 'button', { type: 'button', class: kind }, words);
      // Only a person's press counts: the page can send events to the host, though never into the root.
      button.addEventListener('click', event => {
        if (event.isTrusted) action();
      });
      return button;
    };
    const icon = (sign: string, words: string, action: () => void): HTMLButtonElement => {
      const button = press(sign, action, 'icon');
      button.setAttribute('aria-label', words);
      button.title = words;
      return button;
    };
    const fold = icon('–', t('panel_minimise'), () => this.minimise(!this.frame.classList.contains('minimised')));
    fold.setAttribute('aria-expanded', 'true');
    fold.setAttribute('aria-controls', 'body');
    const close = icon('✕', t('panel_close'), () => actions.close());
    // In the header, so that it is seen of a folded panel, too.
    const phase = element(doc, 'span', { class: 'phase' });
    const header = element(doc, 'header', {}, element(doc, 'span', { class: 'brand' }, 'Gleaner'), phase, fold, close);

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
      if (!event.isTrusted || input.value.trim() === '') return;
      this.frame.focus();
      actions.name(input.value.trim());
    });

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
    const more = press(t('panel_load_more'), () => actions.loadMore(), 'primary');
    const stop = press(t('panel_stop'), () => actions.stop());
    const undo = press(t('panel_undo'), () => actions.undo());
    const save = press(t('panel_save_page'), () => actions.savePage());
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
    return {
      header,
      form,
      input,
      wrong,
      run,
      label,
      tiles,
      progress,
      bar,
      fill,
      downloaded,
      summary,
      notice,
      more,
      stop,
      undo,
      save,
      phase,
      fold,
    };
  }
}

/** Sets a text only when it differs, so that live regions speak once. */
function say(target: HTMLElement, words: string): void {
  if (target.textContent !== words) target.textContent = words;
}
