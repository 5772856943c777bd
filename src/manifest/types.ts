// What reading a manifest gives: documents as plain JSON, each with the places in the text that it came from.
import type { YamlNode } from './yaml/node.ts';

/** A place in a text; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a text, without its end. */
export interface Span {
  readonly from: Position;
  readonly to: Position;
}

/** Something to say about a manifest, at its place. */
export interface Problem extends Span {
  readonly file: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The rule of SPEC.md behind it. */
  readonly code?: string;
  /** That rule in a few words. */
  readonly title?: string;
  /** A page of the Kubernetes documentation about it. */
  readonly docs?: string;
  /** What can be done about it at a keystroke. */
  readonly fixes?: readonly Fix[];
}

/** A stretch of text to be replaced. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** A way out of a problem. */
export interface Fix {
  /** What it does, as the words of a button: `Make the Service headless`. */
  readonly label: string;
  /** Changes of the file that the problem is in; none overlaps another. Empty where only commands are needed. */
  readonly edits: readonly TextEdit[];
  /** What to run, one after the other, without the leading `kubectl`. */
  readonly commands?: readonly string[];
}

/** One document of a manifest. */
export interface ManifestDocument extends Span {
  /** Its number among the documents of its file, from 0. */
  readonly index: number;
  /** What it holds, as the JSON that kubectl would send. */
  readonly value: unknown;
  /**
   * Where a field stands. A field that is not in the text leads to its nearest parent that is.
   * @param path as the API server writes it: `spec.template.spec.containers[0].image`
   */
  positionOf(path: string): Span;
  /**
   * The tree that the value was made of; its offsets count from `offset` in the file. It holds the text as it stands,
   * values of Secrets too: it is for finding places, and never leaves the reading.
   */
  treeOf(): { readonly root: YamlNode; readonly offset: number } | undefined;
}

/** Why reading stopped. */
export interface ManifestError extends Span {
  /** kubectl's words, without the file: `error converting YAML to JSON: yaml: line 12: …`. */
  readonly message: string;
  /** The same in a plain sentence. */
  readonly sentence: string;
}

export interface Manifest {
  readonly file: string;
  /** The documents up to the first that cannot be read. Empty ones are left out. */
  readonly documents: readonly ManifestDocument[];
  /** Set when a document cannot be read: those after it were not looked at, as in kubectl. */
  readonly error?: ManifestError;
  /** The same error, and warnings, for showing at their places. */
  readonly problems: readonly Problem[];
}
