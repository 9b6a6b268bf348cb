// What the keys do over an image in full, whatever it is shown for.
import type { Command } from '../app/commands';

export const ZOOM_COMMANDS: readonly Command<{ go: (by: number) => void }>[] = [
  { name: 'previous', keys: ['ArrowLeft'], run: ({ go }) => go(-1) },
  { name: 'next', keys: ['ArrowRight'], run: ({ go }) => go(1) },
];
