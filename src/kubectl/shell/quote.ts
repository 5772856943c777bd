// Words back into a command line that means the same words.

/** A word as a shell reads it back; in single quotes only where something in it would be special. */
const quoteWord = (word: string): string =>
  /^[\w@%+=:,./^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Several words as one line. */
export const quoteWords = (words: readonly string[]): string => words.map(quoteWord).join(' ');
