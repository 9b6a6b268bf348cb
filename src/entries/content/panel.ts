// The panel in the page: a closed shadow root at the bottom right. It shows a state and passes on presses.
import { t } from '../../edges/i18n';
import { element } from './element';
import { type PanelActions, type PanelParts, panelParts } from './panel-parts';
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

export class Panel {
  /** The only node the page sees. */
  readonly host: HTMLElement;
  private readonly root: ShadowRoot;
  private readonly parts: PanelParts;

  constructor(
    private readonly doc: Document,
    actions: Omit<PanelActions, 'fold'>,
  ) {
    this.host = element(doc, 'div');
    this.root = this.host.attachShadow({ mode: 'closed' });
    attachStyle(this.root);
    this.parts = panelParts(doc, {
      ...actions,
      name: name => {
        this.parts.frame.focus();
        actions.name(name);
      },
      fold: () => this.minimise(!this.parts.frame.classList.contains('minimised')),
    });
    this.root.append(this.parts.frame);
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
    const { frame, body, fold } = this.parts;
    body.hidden = minimised;
    frame.classList.toggle('minimised', minimised);
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
    this.parts[next ?? 'frame'].focus();
  }
}

/** Sets a text only when it differs, so that live regions speak once. */
function say(target: HTMLElement, words: string): void {
  if (target.textContent !== words) target.textContent = words;
}
