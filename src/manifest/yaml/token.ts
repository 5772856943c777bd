// The tokens of a YAML text.
import type { Mark } from './cursor.ts';

export type TokenType =
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  readonly end: Mark;
  /** Of scalars their text, of anchors and aliases their name, of tags and tag directives what follows the handle. */
  readonly value?: string;
  /** `!`, `!!` or `!name!`; '' for a tag that is written out. */
  readonly handle?: string;
  readonly isPlain?: boolean;
}
