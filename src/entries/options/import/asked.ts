// An import that waits for a yes: what was understood, the ways to read it otherwise, and whether it goes on.
import { signal } from '@preact/signals';

/** Something a person can choose otherwise; choosing reads the import anew. */
export interface ImportField {
  key: string;
  name: string;
  value: string;
  options: { value: string; words: string }[];
}

/** What an import would bring, in words. */
export interface ImportInWords {
  /** Images or addresses by label, in the order of the file. */
  labels: [name: string, count: number][];
  /** What they are, with their number: "240 images". */
  total: string;
  /** What cannot be told from the file alone. */
  doubts: string[];
  fields: ImportField[];
  /** What is left out and why, and what is not used. */
  left: string[];
  /** The words of the way on. */
  action: string;
}

export type Choice = Readonly<Record<string, string>>;
/** Reads the import as chosen; rejects with what cannot be read. */
export type Read<T> = (choice: Choice) => Promise<{ understood: ImportInWords; result: T }>;

export interface Asked {
  title: string;
  understood: ImportInWords;
  /** It is being read anew. */
  busy: boolean;
  choose(key: string, value: string): void;
  answer(yes: boolean): void;
}

/** The import that is asked about now. */
export const asked = signal<Asked>();

/**
 * Shows what an import was understood as; resolves with its result as it was chosen in the end, or with undefined when it is not
 * wanted. Rejects with what `read` rejects with at first; a choice that cannot be read leaves the one before standing.
 * @param failed  told of such a choice
 */
export async function askImport<T>(
  title: string,
  read: Read<T>,
  failed: (error: unknown) => void,
): Promise<T | undefined> {
  asked.value?.answer(false);
  let choice: Choice = {};
  let { understood, result } = await read(choice);
  return new Promise(resolve => {
    let turn = 0;
    const show = (busy: boolean) => {
      asked.value = { title, understood, busy, choose, answer };
    };
    const answer = (yes: boolean) => {
      turn++;
      asked.value = undefined;
      resolve(yes ? result : undefined);
    };
    const choose = (key: string, value: string) => {
      const mine = ++turn;
      const next = { ...choice, [key]: value };
      show(true);
      read(next)
        .then(found => {
          if (mine !== turn) return;
          choice = next;
          ({ understood, result } = found);
          show(false);
        })
        .catch(error => {
          if (mine !== turn) return;
          failed(error);
          show(false);
        });
    };
    show(false);
  });
}
