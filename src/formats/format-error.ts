// What a reader of a byte format throws: a word for what is wrong, of which the room that asked makes an error with a sentence.

export class FormatError extends Error {
  constructor(
    /** What is wrong, in a word that is the reader's own: `damaged`, `bomb`. */
    readonly reason: string,
    /** What the sentence may name: a path, a tensor. */
    readonly words: string[] = [],
    options?: ErrorOptions,
  ) {
    super(`${reason}${words.length > 0 ? `: ${words.join(', ')}` : ''}`, options);
    this.name = 'FormatError';
  }
}
