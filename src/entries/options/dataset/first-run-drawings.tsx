// One small drawing for each of the first three steps, in the colours of the page.

const FRAME = { width: 160, height: 84, viewBox: '0 0 160 84', class: 'step-picture' } as const;

/** A row of sites and one key. */
export function GrantDrawing() {
  return (
    <svg {...FRAME} aria-hidden="true">
      <rect x="8" y="12" width="144" height="60" rx="6" class="sheet" />
      <path d="M8 26h144" class="line" />
      <circle cx="18" cy="19" r="2.5" class="ink" />
      <circle cx="26" cy="19" r="2.5" class="ink" />
      <circle cx="60" cy="49" r="11" class="accent-line" />
      <path d="M71 49h32v8M93 49v6" class="accent-line" />
    </svg>
  );
}

/** A page of results with a menu open over one of them. */
export function CollectDrawing() {
  return (
    <svg {...FRAME} aria-hidden="true">
      <rect x="8" y="12" width="144" height="60" rx="6" class="sheet" />
      {[0, 1, 2, 3].map(column =>
        [0, 1].map(row => (
          <rect
            key={`${column}${row}`}
            x={18 + column * 32}
            y={20 + row * 24}
            width="26"
            height="18"
            rx="2"
            class={column + row === 2 ? 'ink' : 'tile-shape'}
          />
        )),
      )}
      <rect x="66" y="32" width="62" height="32" rx="4" class="menu" />
      <path d="M74 42h34" class="line" />
      <path d="M74 53h46" class="accent-line" />
    </svg>
  );
}

/** A curve that rises and levels off. */
export function TrainDrawing() {
  return (
    <svg {...FRAME} aria-hidden="true">
      <rect x="8" y="12" width="144" height="60" rx="6" class="sheet" />
      <path d="M24 22v40h112" class="line" />
      <path d="M28 58C52 56 54 34 80 32s32-4 52-5" class="accent-line" />
      <path d="M28 60C54 59 60 44 84 41s30-3 48-4" class="line" />
    </svg>
  );
}
