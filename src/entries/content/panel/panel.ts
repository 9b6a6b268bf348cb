// The panel in the page: a closed shadow root at the bottom right. It shows a state and passes on presses.
import { t } from '../../../edges/i18n';
import type { Ears } from './ears';
import { element } from './element';
import { say } from './hidden-words';
import { type PanelActions, type PanelParts, panelParts } from './panel-parts';
import { attachStyle } from './panel-style';
import {
  downloadedText,
  layoutChanged,
  nothingFound,
  noticeText,
  type PanelState,
  resultsText,
  summaryText,
} from './panel-words';
import { type Obstacle, PressGuard } from './press-guard';
import { Stand } from './stand';
import { unselect } from './unselect';

/** How long the panel says why a press did not count, in milliseconds. */
const SAID_MS = 6000;

type Actions = Omit<PanelActions, 'fold' | 'submit'> & {
  /** The name is trimmed and not empty. */
  name(name: string): void;
};

export class Panel {
  /** The only node the page sees. */
  readonly host: HTMLElement;
  private readonly root: ShadowRoot;
  private readonly parts: PanelParts;
  private readonly stand: Stand;
  private readonly guard: PressGuard;
  private state: PanelState | undefined;
  private refused: { why: Obstacle; until: number } | undefined;
  /** What a person typed: whatever else stands in the field was put there by the page. */
  private typed = '';
  private ended = false;

  constructor(
    private readonly doc: Document,
    private readonly ears: Ears,
    private readonly actions: Actions,
  ) {
    this.host = element(doc, 'div');
    this.root = this.host.attachShadow({ mode: 'closed' });
    attachStyle(doc, this.root);
    this.parts = panelParts(doc, {
      ...actions,
      submit: () => this.submit(),
      fold: () => this.minimise(!this.parts.frame.classList.contains('minimised')),
    });
    this.root.append(this.parts.frame);
    this.stand = new Stand(doc, this.host, () => this.guard.moved());
    this.guard = new PressGuard(doc, this.host, this.root, this.stand, () => this.parts.presses.keys());
    ears.listenTo(this.host, event => this.hear(event, (event as { originalTarget?: unknown }).originalTarget));
    // Where the ears leave pointing alone, the control is known here.
    this.root.addEventListener('click', event => this.hear(event, event.target));
  }

  attach(): void {
    this.stand.attach();
  }

  detach(): void {
    this.ended = true;
    this.ears.listenTo(undefined);
    this.guard.end();
    this.stand.detach();
  }

  show(state: PanelState): void {
    if (this.ended) return;
    this.state = state;
    this.attach();
    this.guard.own(() => this.draw(state));
  }

  private draw(state: PanelState): void {
    const { doc } = this;
    const { form, input, wrong, run, label, tiles, progress, bar, fill, downloaded, summary, notice, phase } =
      this.parts;
    const naming = state.phase === 'naming';
    form.hidden = !naming;
    run.hidden = naming;
    if (!naming) input.value = '';
    say(doc, label, state.label);
    say(doc, tiles, state.phase === 'image' ? '' : resultsText(state));
    const share = state.added > 0 ? Math.min(1, (state.stored + state.rejected) / state.added) : 0;
    fill.style.setProperty('width', `${Math.round(share * 100)}%`);
    bar.setAttribute('aria-valuenow', String(Math.round(share * 100)));
    say(doc, downloaded, downloadedText(state));
    say(doc, summary, naming ? '' : summaryText(state));
    const refused = this.refused && performance.now() < this.refused.until ? this.refused.why : undefined;
    const words = refused ? t(`panel_press_${refused}`) : noticeText(state);
    for (const [place, here] of [
      [notice, !naming],
      [wrong, naming],
    ] as const) {
      say(doc, place, here ? words : '');
      place.hidden = words === '' || !here;
    }
    const changed = layoutChanged(state) && state.phase !== 'left';
    const nothing = nothingFound(state);
    const { phase: now } = state;
    this.showButtons({
      more: !nothing && !['loading', 'undoing', 'undone', 'image', 'left'].includes(now),
      stop: now === 'loading' || (now === 'collecting' && !nothing),
      undo: now !== 'undone' && now !== 'undoing' && state.added > 0,
      save: changed,
    });
    progress.hidden = now === 'undone' || nothing;
    say(doc, phase, t(`panel_phase_${state.phase}`));
  }

  /** Opens the form for a new label's name, with a suggestion; the one time the panel takes the focus. */
  askName(suggestion: string): void {
    this.minimise(false);
    const { input } = this.parts;
    input.value = suggestion;
    this.typed = suggestion;
    input.focus();
    input.select();
    if (this.doc.defaultView !== null) unselect(this.doc.defaultView, this.host);
  }

  minimise(minimised: boolean): void {
    const { frame, body, fold } = this.parts;
    this.guard.own(() => {
      body.hidden = minimised;
      frame.classList.toggle('minimised', minimised);
      fold.setAttribute('aria-expanded', String(!minimised));
      fold.setAttribute('aria-label', t(minimised ? 'panel_restore' : 'panel_minimise'));
      fold.title = fold.getAttribute('aria-label') ?? '';
      fold.textContent = minimised ? '+' : '–';
    });
    if (minimised && this.root.activeElement !== null) fold.focus();
  }

  /** A trusted event within the panel, which the page has not heard. */
  private hear(event: Event, target: unknown): void {
    const { input, submit, presses } = this.parts;
    if (event instanceof KeyboardEvent && event.type === 'keydown') {
      if (event.key === 'Escape') this.minimise(true);
      if (event.key === 'Enter' && !event.isComposing && this.root.activeElement === input) this.press(submit, event);
    } else if (event.type === 'input') this.typed = input.value;
    else if (event.type === 'click' && event.isTrusted && target instanceof Element) {
      const control = target.closest('button');
      if (control !== null && presses.has(control)) this.press(control, event as UIEvent);
    }
  }

  private press(control: HTMLElement, event: UIEvent): void {
    const why = this.guard.refuses(control, event);
    this.refused = why && { why, until: performance.now() + SAID_MS };
    if (why === undefined) this.parts.presses.get(control)?.();
    // What lies over it is left below, for the next press.
    else if (why === 'covered') this.stand.raise();
    if (this.state) this.show(this.state);
  }

  private submit(): void {
    const { input, frame } = this.parts;
    const name = this.typed.trim();
    if (input.value !== this.typed) {
      input.value = this.typed;
      this.refused = { why: 'changed', until: performance.now() + SAID_MS };
    } else if (name !== '') {
      frame.focus();
      this.actions.name(name);
    }
  }

  /** Shows these buttons; the focus moves on from one that goes. */
  private showButtons(shown: Record<'more' | 'stop' | 'undo' | 'save', boolean>): void {
    const names = ['more', 'stop', 'undo', 'save'] as const;
    const focused = names.find(name => this.parts[name] === this.root.activeElement);
    for (const name of names) this.parts[name].hidden = !shown[name];
    if (focused === undefined || shown[focused]) return;
    const next = names.find(name => shown[name]);
    this.parts[next ?? 'frame'].focus();
  }
}
