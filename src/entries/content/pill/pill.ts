// The pill in the page: a closed shadow root at the bottom right. It says how far the collecting is and leads to the side panel.
import { t } from '../../../edges/i18n';
import type { Ears } from './ears';
import { element } from './element';
import { say } from './hidden-words';
import { type PillActions, type PillParts, pillParts } from './pill-parts';
import { attachStyle } from './pill-style';
import { type PillState, pillText } from './pill-words';
import { PressGuard } from './press-guard';
import { Stand } from './stand';

/** How long the pill says why a press did not count, or what to do instead, in milliseconds. */
const SAID_MS = 6000;

export class Pill {
  /** The only node the page sees. */
  readonly host: HTMLElement;
  private readonly root: ShadowRoot;
  private readonly parts: PillParts;
  private readonly stand: Stand;
  private readonly guard: PressGuard;
  private state: PillState | undefined;
  private said: { words: string; until: number } | undefined;
  private ended = false;

  constructor(
    private readonly doc: Document,
    private readonly ears: Ears,
    actions: PillActions,
  ) {
    this.host = element(doc, 'div');
    this.root = this.host.attachShadow({ mode: 'closed' });
    attachStyle(doc, this.root);
    this.parts = pillParts(doc, actions);
    this.root.append(this.parts.frame);
    this.stand = new Stand(doc, this.host, () => this.guard.moved());
    this.guard = new PressGuard(doc, this.host, this.root, this.stand, () => this.parts.presses.keys());
    ears.listenTo(this.host, event => this.hear(event, (event as { originalTarget?: unknown }).originalTarget));
    // Where the ears leave pointing alone, the control is known here.
    this.root.addEventListener('click', event => this.hear(event, event.target));
  }

  detach(): void {
    this.ended = true;
    this.ears.listenTo(undefined);
    this.guard.end();
    this.stand.detach();
  }

  show(state: PillState): void {
    if (this.ended) return;
    this.state = state;
    this.stand.attach();
    this.guard.own(() => this.draw(state));
  }

  /** Says it for a while. */
  tell(words: string): void {
    this.said = { words, until: performance.now() + SAID_MS };
    if (this.state) this.show(this.state);
  }

  private draw(state: PillState): void {
    const { status, notice } = this.parts;
    say(this.doc, status, pillText(state));
    const words = this.said && performance.now() < this.said.until ? this.said.words : '';
    say(this.doc, notice, words);
    notice.hidden = words === '';
  }

  /** A trusted event within the pill, which the page has not heard. */
  private hear(event: Event, target: unknown): void {
    if (event.type !== 'click' || !event.isTrusted || !(target instanceof Element)) return;
    const control = target.closest('button');
    const action = control && this.parts.presses.get(control);
    if (!control || !action) return;
    const why = this.guard.refuses(control, event as UIEvent);
    if (why === undefined) {
      action();
      return;
    }
    // What lies over it is left below, for the next press.
    if (why === 'covered') this.stand.raise();
    this.tell(t(`panel_press_${why}`));
  }
}
