// @vitest-environment jsdom
// The way back from the way back: the keyboard that undid a harvest stands at what brings it back, before any row was read again.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { keepFocus } from '../../src/entries/parts/keep-focus';

const page = signal({ harvestId: 'h', phase: 'collecting', quiet: false, tiles: 3, found: 3, refused: {} });
const harvest = signal({
  label: 'Karpov',
  stored: 2,
  queued: 1,
  harvest: { id: 'h', added: 3, seen: true, undone: false },
});
const command = (phase: string) => {
  page.value = { ...page.value, phase };
};
vi.mock('../../src/entries/side-panel/follow-tab', () => ({ page, command }));
vi.mock('../../src/entries/parts/collect/state', () => ({ access: signal(true), harvest, tab: signal(undefined) }));
vi.mock('../../src/entries/parts/plan/open-search', () => ({ plan: signal(undefined) }));
vi.mock('../../src/entries/side-panel/marks', () => ({ ticked: signal([]) }));
vi.mock('../../src/edges/store/harvest-holdings', () => ({ holdingsOf: () => new Promise(() => undefined) }));
vi.mock('../../src/edges/messages', () => ({ ask: async () => undefined }));
vi.mock('../../src/entries/parts/access-button', () => ({ AccessButton: () => null }));
vi.mock('../../src/entries/parts/complain', () => ({ attempt: (work: () => unknown) => work(), complain: vi.fn() }));
vi.mock('../../src/edges/i18n', () => {
  const words = (...of: unknown[]) => of.join(' ');
  return { t: words, plural: words, number: String };
});

const { PageActions } = await import('../../src/entries/side-panel/page-actions');

// jsdom lays nothing out, so that all it has is shown.
Element.prototype.checkVisibility = () => true;
const life = new AbortController();
afterEach(() => life.abort());

it('goes on at what brings the images back, and not at the next step', async () => {
  keepFocus(life.signal);
  render(
    <>
      <PageActions />
      <button type="button">Train</button>
    </>,
    document.body,
  );
  const named = (name: string) =>
    [...document.querySelectorAll('button')].find(button => button.textContent?.startsWith(name));
  named('panel_undo_some')?.focus();
  named('panel_undo_some')?.click();
  await vi.waitFor(() => expect(named('panel_undo_some')).toBeUndefined());
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('panel_redo'));
});
