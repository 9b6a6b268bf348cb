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
  deleted: 'M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4.5M11.5 9v4.5',
  warning: 'M10 3 2.5 16.5h15zM10 8v4M10 14.2v.1',
  check: 'M4 10.5l4 4 8-9',
  info: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M10 9v4.5M10 6.4v.1',
  image: 'M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M13 7.5v.1',
  blurred: 'M10 3c3 4 5 6.2 5 9a5 5 0 0 1-10 0c0-2.8 2-5 5-9',
  dark: 'M15.5 12.5A6.5 6.5 0 1 1 8 4.3a5.2 5.2 0 0 0 7.5 8.2',
  small: 'M4 8V4h4M16 12v4h-4M8.5 8.5h3v3h-3z',
  odd: 'M2.5 7.5h15v5h-15z',
  'near-duplicate': 'M3.5 3.5h9v9h-9zM7.5 16.5h9v-9',
  'near-conflict': 'M2.5 4.5h6v11h-6zM11.5 4.5h6v11h-6zM5.5 8v4M14.5 8v4',
  'same-conflict': 'M4 10h12M7 6.5 3.5 10 7 13.5M13 6.5l3.5 3.5-3.5 3.5',
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
