// What kubectl's words for a broken YAML text mean, in a plain sentence that says what to look at.

/** By a part of Go's words. */
const SENTENCES: readonly (readonly [words: string, sentence: string])[] = [
  [
    'mapping values are not allowed',
    'a “key: value” cannot stand here: check the indentation of this line and of the one above',
  ],
  ['did not find expected key', 'the indentation does not fit: this line belongs to no mapping above it'],
  ["did not find expected '-' indicator", 'the items of a list are indented alike: this line is not'],
  ['block sequence entries are not allowed', 'a list item cannot stand here: check the indentation'],
  ['mapping keys are not allowed', 'a “?” key cannot stand here: check the indentation'],
  ["could not find expected ':'", 'a “:” is missing after a key'],
  ['found unexpected end of stream', 'a quote is opened and never closed'],
  ['found a tab character', 'lines are indented with spaces in YAML, never with tabs'],
  ['cannot start any token', 'a value without quotes cannot begin with this character: put it in quotes'],
  ['found unknown escape character', 'double quotes do not know this escape: write a backslash as two'],
  [
    'did not find expected node content',
    'a value is missing here, or begins with a character that YAML keeps for itself',
  ],
  ["did not find expected ',' or ']'", 'a comma or a “]” is missing'],
  ["did not find expected ',' or '}'", 'a comma or a “}” is missing'],
  ['alphabetic or numeric character', 'a text that begins with “*” or “&” must stand in quotes'],
  ['unknown anchor', 'an alias names an anchor that is not there; a text that begins with “*” must stand in quotes'],
  ['contains itself', 'an alias stands inside of what it stands for'],
  ['invalid map key', 'a template such as {{ name }} is no YAML before it is filled in: put it in quotes'],
  ['control characters', 'the text holds a character that cannot be seen and that YAML does not allow'],
  ['excessive aliasing', 'the document is too large once its aliases are written out'],
  ['exceeded max depth', 'the document is nested too deeply'],
  ['unexpected EOF', 'the text ends in the middle: what should close it is missing'],
  ['after object key:value pair', 'a comma or a “}” is missing'],
  ['after array element', 'a comma or a “]” is missing'],
  ['after object key', 'a “:” is missing after a key'],
  [
    'beginning of object key string',
    'a key in double quotes belongs here: there is a comma too many, or a quote too few',
  ],
  ['beginning of value', 'a value is missing here, or begins with a character that JSON does not know'],
  ['in string literal', 'a text in JSON ends on its own line: a quote is missing'],
  ['in string escape code', 'JSON does not know this escape: write a backslash as two'],
  ['comment or line break', 'something stands behind “|” or “>” that does not belong there'],
];

/** The plain sentence for Go's words; the words themselves where there is none. */
export const sentenceFor = (message: string): string =>
  SENTENCES.find(([words]) => message.includes(words))?.[1] ?? message.replace(/^line \d+: /, '');
