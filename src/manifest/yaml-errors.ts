// Says in kubectl's words what the YAML reader found wrong. kubectl reads YAML with a Go port of libyaml: its sentences
// name the line of the part it was reading, counted its own way, and that is kept.
import type { YAMLError } from 'yaml';

/** A fault in Go's words with the place it is about. */
export interface YamlFault {
  /** `line 17: mapping values are not allowed in this context`; kubectl leaves the line out for the first one. */
  readonly message: string;
  /** The same for people, without a line. */
  readonly sentence: string;
  /** Where it is, as an offset into the document's text. */
  readonly offset: number;
}

interface Wording {
  /** Go's words. */
  readonly go: string;
  readonly sentence: string;
  /** The scanner counts lines from 1, the parser from 0. */
  readonly by: 'scanner' | 'parser';
}

const MAPPING_VALUES: Wording = {
  go: 'mapping values are not allowed in this context',
  sentence: 'a “key: value” cannot stand here: check the indentation of this line and of the one above',
  by: 'scanner',
};
const EXPECTED_KEY: Wording = {
  go: 'did not find expected key',
  sentence: 'the indentation does not fit: this line belongs to no mapping above it',
  by: 'parser',
};
const NODE_CONTENT: Wording = {
  go: 'did not find expected node content',
  sentence: 'a value is missing or begins with a character that YAML keeps for itself',
  by: 'parser',
};

/** By the reader's code, and by its words where one code stands for several faults. */
const WORDINGS: readonly (readonly [code: string, words: RegExp, wording: Wording])[] = [
  ['BLOCK_AS_IMPLICIT_KEY', /sequence/, sequenceEntries()],
  ['BLOCK_AS_IMPLICIT_KEY', /./, MAPPING_VALUES],
  [
    'MULTILINE_IMPLICIT_KEY',
    /./,
    { go: "could not find expected ':'", sentence: 'a “:” is missing after a key', by: 'scanner' },
  ],
  [
    'MISSING_CHAR',
    /Missing closing|end with|quote/,
    { go: 'found unexpected end of stream', sentence: 'a quote is opened and never closed', by: 'scanner' },
  ],
  [
    'MISSING_CHAR',
    /Implicit map keys|:/,
    { go: "could not find expected ':'", sentence: 'a “:” is missing after a key', by: 'scanner' },
  ],
  [
    'MISSING_CHAR',
    /,|flow/i,
    { go: "did not find expected ',' or '}'", sentence: 'a comma or a closing bracket is missing', by: 'parser' },
  ],
  [
    'TAB_AS_INDENT',
    /./,
    {
      go: 'found a tab character that violates indentation',
      sentence: 'lines are indented with spaces in YAML, never with tabs',
      by: 'scanner',
    },
  ],
  [
    'BAD_SCALAR_START',
    /./,
    {
      go: 'found character that cannot start any token',
      sentence: 'a plain value cannot begin with this character: put it in quotes',
      by: 'scanner',
    },
  ],
  [
    'BAD_DQ_ESCAPE',
    /./,
    { go: 'found unknown escape character', sentence: 'double quotes do not know this escape', by: 'scanner' },
  ],
  [
    'BAD_INDENT',
    /sequence/,
    { go: "did not find expected '-' indicator", sentence: 'the items of a list are indented alike', by: 'parser' },
  ],
  ['BAD_INDENT', /./, EXPECTED_KEY],
  ['BLOCK_IN_FLOW', /./, NODE_CONTENT],
  ['UNEXPECTED_TOKEN', /block-seq|seq-item/, sequenceEntries()],
  ['UNEXPECTED_TOKEN', /map-value-ind/, MAPPING_VALUES],
  ['UNEXPECTED_TOKEN', /flow-/, NODE_CONTENT],
  [
    'BAD_ALIAS',
    /./,
    {
      go: 'did not find expected alphabetic or numeric character',
      sentence: 'a “*” or “&” must be followed by a name: put a text that begins with it in quotes',
      by: 'scanner',
    },
  ],
];

function sequenceEntries(): Wording {
  return {
    go: 'block sequence entries are not allowed in this context',
    sentence: 'a list item cannot stand here: check the indentation',
    by: 'scanner',
  };
}

/**
 * kubectl's words for a fault of the reader.
 * @param text the document
 */
export function yamlFaultOf(error: YAMLError, text: string): YamlFault {
  const offset = Math.max(0, Math.min(text.length, error.pos[0]));
  const found = WORDINGS.find(([code, words]) => code === error.code && words.test(error.message));
  const wording = found?.[2] ?? EXPECTED_KEY;
  // Counted from 0; the scanner's sentence adds one, and line 0 is never told.
  const line = text.slice(0, offset).split('\n').length - 1;
  const told = line === 0 ? '' : `line ${wording.by === 'scanner' ? line + 1 : line}: `;
  return { message: `${told}${wording.go}`, sentence: wording.sentence, offset };
}
