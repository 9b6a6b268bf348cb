// Keys as commands: what each is called, which keys give it, when, and what it does. A screen answers its keys from one list,
// and the help that tells of them is made from the same.

export interface Command<Here> {
  /** Of its sentences too: `key_<name>` is how its keys are called, `key_<name>_does` what they do. */
  name: string;
  /**
   * As `KeyboardEvent.key` names them, letters small, after the keys held with them: `a`, `Shift+ArrowUp`, `Ctrl+Shift+z`. `Ctrl`
   * is the command key on a Mac. Without `Shift` a key answers with and without it, as some keyboards need it for digits.
   */
  keys: readonly string[];
  /** Whether it can be given here; where not, the key is left to others. */
  when?: (here: Here) => boolean;
  /** A key held down is one command, not one for each image that comes next. */
  once?: true;
  run: (here: Here, key: string) => unknown;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'preventDefault'>;

/** Gives the command the key stands for, if there is one; whether there was. */
export function obey<Here>(commands: readonly Command<Here>[], here: Here, event: Pressed): boolean {
  const command = commandOf(commands, event);
  if (!command || command.when?.(here) === false) return false;
  event.preventDefault();
  if (!(command.once && event.repeat)) void command.run(here, event.key);
  return true;
}

function commandOf<Here>(commands: readonly Command<Here>[], event: Pressed): Command<Here> | undefined {
  if (event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  const pressed = `${ctrl ? 'Ctrl+' : ''}${event.shiftKey ? 'Shift+' : ''}${key}`;
  const exact = commands.find(({ keys }) => keys.includes(pressed));
  return exact ?? (event.shiftKey && !ctrl ? commands.find(({ keys }) => keys.includes(key)) : undefined);
}
