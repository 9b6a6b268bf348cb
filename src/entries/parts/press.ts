// A press counts for what it began on, though that moved away from under the pointer before it ended: pages change while images
// stream in, and browsers give such a click to whatever holds both places, where it does nothing.

const PRESSABLE = 'button, a[href], summary, label, input';
/** How far a pointer trembles within one press, in CSS pixels. Whoever means to take a press back goes further. */
const TREMBLES = 8;

/** Until the signal aborts. */
export function countPresses(signal: AbortSignal): void {
  let began: { on: HTMLElement; x: number; y: number } | undefined;
  const down = ({ target, isPrimary, button, clientX: x, clientY: y }: PointerEvent) => {
    const on = target instanceof Element ? target.closest<HTMLElement>(PRESSABLE) : null;
    began = on && isPrimary && button === 0 ? { on, x, y } : undefined;
  };
  const click = (event: MouseEvent) => {
    const press = began;
    began = undefined;
    const { target, detail, clientX, clientY } = event;
    // Without a count it is of a key or a script.
    if (!press || detail === 0 || !(target instanceof Element) || press.on.contains(target)) return;
    if (!press.on.isConnected || Math.hypot(clientX - press.x, clientY - press.y) > TREMBLES) return;
    event.stopPropagation();
    event.preventDefault();
    // Within the click, so that it may ask for access and open windows.
    press.on.click();
  };
  addEventListener('pointerdown', down, { capture: true, signal });
  addEventListener('click', click, { capture: true, signal });
}
