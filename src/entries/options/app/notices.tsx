// What the app says in passing, at the foot of the page: what was done, with Undo; and what went wrong, until dismissed.
import './notices.css';
import { signal } from '@preact/signals';
import { wrong } from '../../parts/complain';
import { Icon } from '../../parts/icon';
import { Dismiss } from './dismiss';

interface Notice {
  words: string;
  action?: { words: string; run: () => void };
}

const said = signal<Notice>();
/** How long a passing notice stays, in milliseconds: long enough to read a line and reach for Undo. */
const STAY = 10_000;
let timer: number | undefined;

/** Says it for a while; what is returned takes it back before, if it still stands. */
export function say(words: string, action?: Notice['action']): () => void {
  const notice: Notice = action ? { words, action } : { words };
  const takeBack = () => {
    if (said.value === notice) said.value = undefined;
  };
  said.value = notice;
  letGo();
  return takeBack;
}

function hold(): void {
  window.clearTimeout(timer);
}

function letGo(): void {
  hold();
  timer = window.setTimeout(() => (said.value = undefined), STAY);
}

export function Notices() {
  const notice = said.value;
  return (
    <div class="notices">
      <div role="alert">
        {wrong.value !== undefined && (
          <div class="notice bad">
            <Icon name="warning" />
            <span>{wrong.value}</span>
            <Dismiss onClick={() => (wrong.value = undefined)} />
          </div>
        )}
      </div>
      <div role="status">
        {notice && (
          // Whoever reaches for it has time: it stays while the pointer or the focus is on it.
          <div class="notice" onPointerEnter={hold} onPointerLeave={letGo} onFocusIn={hold} onFocusOut={letGo}>
            <span>{notice.words}</span>
            {notice.action && (
              <button
                type="button"
                class="quiet"
                onClick={() => {
                  said.value = undefined;
                  notice.action?.run();
                }}
              >
                {notice.action.words}
              </button>
            )}
            <Dismiss onClick={() => (said.value = undefined)} />
          </div>
        )}
      </div>
    </div>
  );
}
