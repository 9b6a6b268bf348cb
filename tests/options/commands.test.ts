// Keys as commands: which one a key stands for, and that a screen's list holds each key once and has words for every command.
import { describe, expect, it, vi } from 'vitest';
import german from '../../public/_locales/de/messages.json' with { type: 'json' };
import english from '../../public/_locales/en/messages.json' with { type: 'json' };
import { type Command, obey } from '../../src/entries/options/app/commands';

// The words of the app come from the browser, which is not here.
vi.mock('webextension-polyfill', () => ({ default: {} }));
vi.mock('../../src/edges/i18n', () => ({ explain: String, plural: String, t: String }));
const { COMMANDS_OF_GRID, GRID_COMMANDS, IMAGE_COMMANDS, ZOOMED_COMMANDS } = await import(
  '../../src/entries/options/dataset/commands'
);
const { UNDO_COMMANDS } = await import('../../src/entries/options/app/changes');
const { ZOOM_COMMANDS } = await import('../../src/entries/options/image/zoom-commands');
const { NOTHING } = await import('../../src/entries/options/dataset/selection');

/** A key as the browser tells of it, after those held with it: `Ctrl+Shift+z`. */
function pressed(keys: string, { meta = false, repeat = false } = {}) {
  const held = keys.split('+').slice(0, -1);
  const event = {
    key: keys.split('+').at(-1) ?? '',
    altKey: held.includes('Alt'),
    ctrlKey: held.includes('Ctrl') && !meta,
    metaKey: held.includes('Ctrl') && meta,
    shiftKey: held.includes('Shift'),
    repeat,
    prevented: false,
    preventDefault() {
      event.prevented = true;
    },
  };
  return event;
}

describe('obey', () => {
  const given: string[] = [];
  const COMMANDS: Command<{ allowed: boolean }>[] = [
    { name: 'one', keys: ['1', 'Delete'], run: (_, key) => given.push(`one ${key}`), once: true },
    { name: 'up', keys: ['ArrowUp'], run: () => given.push('up') },
    { name: 'range', keys: ['Shift+ArrowUp'], run: () => given.push('range') },
    { name: 'all', keys: ['Ctrl+a'], run: () => given.push('all') },
    { name: 'maybe', keys: ['x'], when: ({ allowed }) => allowed, run: () => given.push('maybe') },
  ];
  const press = (keys: string, how = {}, allowed = true) => {
    given.length = 0;
    const event = pressed(keys, how);
    return [obey(COMMANDS, { allowed }, event), event.prevented, ...given];
  };

  it('gives the command of a key, and keeps the browser from it', () => {
    expect(press('ArrowUp')).toEqual([true, true, 'up']);
    expect(press('Shift+ArrowUp')).toEqual([true, true, 'range']);
    expect(press('Ctrl+a')).toEqual([true, true, 'all']);
    expect(press('Ctrl+a', { meta: true })).toEqual([true, true, 'all']);
    // With the key for capitals locked.
    expect(press('Ctrl+A')).toEqual([true, true, 'all']);
  });

  it('takes Shift for the keyboard’s own where no command has it, as digits need on some', () => {
    expect(press('Shift+1')).toEqual([true, true, 'one 1']);
    expect(press('Shift+Delete')).toEqual([true, true, 'one Delete']);
  });

  it('leaves other keys alone', () => {
    for (const keys of ['ArrowDown', 'a', 'Alt+ArrowUp', 'Ctrl+1', 'Ctrl+ArrowUp', 'Ctrl+Shift+a'])
      expect(press(keys), keys).toEqual([false, false]);
  });

  it('leaves a key alone whose command cannot be given here', () => {
    expect(press('x', {}, false)).toEqual([false, false]);
    expect(press('x')).toEqual([true, true, 'maybe']);
  });

  it('takes a key held down for one command where that is meant, and the browser gets none of it', () => {
    expect(press('Delete', { repeat: true })).toEqual([true, true]);
    expect(press('ArrowUp', { repeat: true })).toEqual([true, true, 'up']);
  });
});

describe('the keys of the grid', () => {
  const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const press = (keys: string) => {
    const did: unknown[] = [];
    const here = {
      selection: { ...NOTHING, focus: 3 },
      keys: KEYS,
      columns: 3,
      rowsPerPage: 2,
      go: (index: number, gesture: string) => did.push(index, gesture),
      choose: (chosen: Iterable<string>) => did.push([...chosen].join('')),
      open: (index: number) => did.push('open', index),
    };
    obey(GRID_COMMANDS, here, pressed(keys));
    return did;
  };

  it('lead as in file managers: an arrow takes its tile along, with Shift all up to it, with Control nothing', () => {
    expect(press('ArrowRight')).toEqual([4, 'only']);
    expect(press('Shift+ArrowUp')).toEqual([0, 'range']);
    expect(press('Ctrl+ArrowDown')).toEqual([6, 'go']);
    expect(press('Ctrl+Shift+End')).toEqual([6, 'range']);
  });

  it('choose, let go and open', () => {
    expect(press(' ')).toEqual([3, 'toggle']);
    expect(press('Ctrl+ ')).toEqual([3, 'toggle']);
    expect(press('Ctrl+a')).toEqual(['abcdefg']);
    expect(press('Escape')).toEqual(['']);
    expect(press('Enter')).toEqual(['open', 3]);
  });
});

describe.each([
  ['on the grid', [GRID_COMMANDS, IMAGE_COMMANDS, UNDO_COMMANDS]],
  ['over an image in full', [ZOOM_COMMANDS, ZOOMED_COMMANDS, UNDO_COMMANDS]],
])('the commands %s', (_, lists) => {
  it('have each key once', () => {
    const keys = (lists as readonly (readonly Pick<Command<never>, 'keys'>[])[])
      .flat()
      .flatMap(command => command.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describe('the help', () => {
  /** How keys are called, in English, for those whose name is another. */
  const CALLED: Record<string, string> = { ' ': 'Space', Escape: 'Esc', 1: '1 …', 9: '… 9' };
  const words = (keys: string) =>
    keys
      .split('+')
      .map(key => CALLED[key] ?? (key.startsWith('Arrow') ? 'arrows' : key.length === 1 ? key.toUpperCase() : key));

  it.each(COMMANDS_OF_GRID.map(({ name, keys }) => [name, keys[0]!] as const))(
    'names the keys of %s and says what they do, in every language',
    (name, first) => {
      for (const sentences of [english, german] as Record<string, { message: string }>[])
        for (const part of [`key_${name}`, `key_${name}_does`]) expect(sentences[part]?.message, part).toBeTruthy();
      const told = (english as Record<string, { message: string }>)[`key_${name}`]!.message.toLowerCase();
      for (const word of words(first)) expect(told).toContain(word.toLowerCase());
    },
  );
});
