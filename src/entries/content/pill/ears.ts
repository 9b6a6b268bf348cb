// Hears what is done inside the panel before the page does, and lets nothing of it pass: keys, typed text and the
// clipboard, and in Firefox every event, because there each names the node it happened to (`originalTarget`). It undoes
// selections in there, which Firefox makes beside a field that is reached by keyboard and shows to everybody.
import { unselect } from './unselect';

const TELLING = [
  ...['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'textInput', 'change', 'copy', 'cut', 'paste'],
  ...['compositionstart', 'compositionupdate', 'compositionend', 'dragstart', 'drag', 'dragend', 'drop'],
];
const POINTING = [
  ...['click', 'dblclick', 'auxclick', 'contextmenu', 'mousedown', 'mouseup', 'mousemove', 'mouseover', 'mouseout'],
  ...['pointerdown', 'pointerup', 'pointermove', 'pointerover', 'pointerout', 'pointercancel', 'gotpointercapture'],
  ...['lostpointercapture', 'pointerrawupdate', 'touchstart', 'touchmove', 'touchend', 'touchcancel', 'wheel'],
  ...['focus', 'blur', 'focusin', 'focusout', 'select', 'selectstart', 'dragenter', 'dragover', 'dragleave'],
];

export class Ears {
  private host: Element | undefined;
  private heard: ((event: Event) => void) | undefined;

  /** To be made as early as can be: of listeners in one place the first one is asked first. */
  constructor(window: Window) {
    const hear = (event: Event): void => {
      if (this.host === undefined || event.target !== this.host) return;
      // Stays the page's own where it names no node: Chromium gives the control only to listeners within the root.
      if (!TELLING.includes(event.type) && !('originalTarget' in event)) return;
      event.stopImmediatePropagation();
      if (event.isTrusted) this.heard?.(event);
    };
    const selected = (event: Event): void => {
      if (this.host !== undefined && unselect(window, this.host)) event.stopImmediatePropagation();
    };
    window.addEventListener('selectionchange', selected, { capture: true, passive: true });
    for (const type of [...TELLING, ...POINTING]) window.addEventListener(type, hear, { capture: true, passive: true });
  }

  /** From now on listens to this element, and to none before. */
  listenTo(host: Element | undefined, heard?: (event: Event) => void): void {
    this.host = host;
    this.heard = heard;
  }
}
