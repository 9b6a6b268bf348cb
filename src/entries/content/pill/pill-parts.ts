// The pill's elements: what it says in one line, the way to the side panel, and a way to be rid of it.
import { t } from '../../../edges/i18n';
import { element } from './element';

/** What a person's presses do. */
export interface PillActions {
  /** Opens the side panel, or says how it is opened. */
  open(): void;
  close(): void;
}

export type PillParts = ReturnType<typeof pillParts>;

/** What a press of each control does. */
export type Presses = Map<HTMLElement, () => void>;

/** Makes all of them. Whoever hears a press asks whether it counts. */
export function pillParts(doc: Document, actions: PillActions) {
  const presses: Presses = new Map();
  const pressable = (sign: string, kind: string, action: () => void): HTMLButtonElement => {
    const button = element(doc, 'button', { type: 'button', class: kind }, sign);
    presses.set(button, action);
    return button;
  };
  const status = element(doc, 'span', { class: 'status', role: 'status' });
  const open = pressable(t('pill_open'), 'open', () => actions.open());
  const close = pressable('✕', 'icon', () => actions.close());
  close.setAttribute('aria-label', t('panel_close'));
  close.title = t('panel_close');
  const header = element(doc, 'header', {}, element(doc, 'span', { class: 'brand' }, 'Gleaner'), status, open, close);
  // Above the controls: the pill stands on its lower edge, so that none of them moves as words come and go.
  const notice = element(doc, 'p', { class: 'notice', role: 'alert', hidden: true });
  // It takes the focus of a click beside the controls: the keys that follow are not the page's to hear.
  const frame = element(doc, 'section', { class: 'pill', 'aria-label': 'Gleaner', tabindex: '-1' }, notice, header);
  return { presses, frame, status, notice };
}
