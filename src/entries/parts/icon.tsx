// Line icons of 20 px, drawn for this app; they stand beside words and are hidden from screen readers.
const PATHS = {
  dataset: 'M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z',
  train: 'M4 16c3 0 3-9 6-9s2 5 6 5M4 4v12h13',
  report: 'M4 16V9M8 16V4M12 16v-5M16 16V7',
  export: 'M10 12V3M6.5 6.5 10 3l3.5 3.5M4 11v5h12v-5',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  plus: 'M10 4v12M4 10h12',
  pause: 'M7 4v12M13 4v12',
  play: 'M6 4l10 6-10 6z',
  close: 'M5 5l10 10M15 5L5 15',
  previous: 'M12 4l-6 6 6 6',
  next: 'M8 4l6 6-6 6',
  warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.2v.1',
  check: 'M4 10.5l4 4 8-9',
  info: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 9v4.5M10 6.4v.1',
  picture: 'M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M13 7.5v.1',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
