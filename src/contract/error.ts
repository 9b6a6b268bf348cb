// An error a person can act on: a code for the messages file (`error_<code>`) and the words that fill its gaps.

export class GleanerError extends Error {
  constructor(
    readonly code: string,
    /** Substitutions of the sentence, in order. */
    readonly words: string[] = [],
    options?: ErrorOptions,
  ) {
    super(`${code}${words.length > 0 ? `: ${words.join(', ')}` : ''}`, options);
    this.name = 'GleanerError';
  }
}
