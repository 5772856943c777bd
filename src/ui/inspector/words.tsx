// Sentences in which names such as `web-1` are not torn apart at their hyphen.
import { Fragment } from 'react';

/** A longer word may break: it might not fit otherwise. */
const WHOLE_LETTERS_MAX = 30;

/**
 * A text whose hyphenated names stay on one line.
 *
 * @param props - the text
 * @returns its words
 */
export function Words({ text }: { text: string }) {
  return text.split(' ').map((word, i) => {
    const space = i === 0 ? '' : ' ';
    const isName = word.includes('-') && word.length <= WHOLE_LETTERS_MAX;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: words have no other name than their place
      <Fragment key={i}>
        {space}
        {isName ? <span className="in-whole">{word}</span> : word}
      </Fragment>
    );
  });
}
