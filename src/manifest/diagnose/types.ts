// What a lint rule is given, and what it gives back. Pure data; the texts are untrusted.
import type { FeatureGates, KindInfo, KubeObject, Loose, ObjectKey, StatefulSet } from '#kube';
import type { Places } from '../places.ts';
import type { Fix, Manifest, ManifestDocument, Problem, Span } from '../types.ts';

/** The way to a field: keys, and numbers of items. */
export type Path = readonly (string | number)[];

/** What is known of the cluster that the files are meant for, as it stands before they are applied. */
export interface ClusterNotes {
  /** Objects by their `kind`, all or of one namespace. */
  list(kind: string, namespace?: string): readonly KubeObject[];
  find(key: ObjectKey): KubeObject | undefined;
  readonly gates: FeatureGates;
}

/** A file with everything that was read of it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly manifest: Manifest;
  readonly places: Places;
}

/** An object that stands in a file. */
export interface Written {
  readonly file: SourceFile;
  readonly document: ManifestDocument;
  /** The way to it within its document: empty unless it stands in a List. */
  readonly at: Path;
  readonly info: KindInfo;
  readonly name: string;
  /** '' for kinds without namespaces. */
  readonly namespace: string;
  /** The object as it stands in the text. */
  readonly raw: Loose;
  /** The object as the server would store it, with defaults; what does not fit the types is left out. */
  readonly object: Loose;
  /** Its version is one that the server serves. */
  readonly isServed: boolean;
  /** It fits the types of its kind, in the version that is served now: nothing unknown, nothing of a wrong type. */
  readonly fits: boolean;
  /** Both: the server understands it. */
  readonly isSound: boolean;
}

/** An object that will be there once the files are applied. */
export interface Known {
  readonly object: Loose;
  readonly name: string;
  readonly namespace: string;
  /** Where it stands in the files. */
  readonly written?: Written;
  /** It is in the cluster already. */
  readonly isStored: boolean;
}

/** A sound StatefulSet in the files. */
export interface SetCase {
  readonly written: Written;
  readonly set: StatefulSet;
  readonly name: string;
  readonly namespace: string;
  /** The set of that name in the cluster. */
  readonly stored: StatefulSet | undefined;
}

export interface LintContext {
  /** The files to be judged. */
  readonly files: readonly SourceFile[];
  /** Every object in them of a kind that the server knows, in order. */
  readonly written: readonly Written[];
  readonly sets: readonly SetCase[];
  /** The files hold objects of kinds that are not known here, which may make pods of their own. */
  readonly hasUnknownKinds: boolean;
  readonly cluster: ClusterNotes;
  /** Objects of a kind in the files, in the files beside them and in the cluster; a file's wins over the cluster's. */
  list(kind: string, namespace?: string): readonly Known[];
  find(kind: string, namespace: string, name: string): Known | undefined;
}

/** Something that a rule found. */
export interface Finding {
  readonly file: SourceFile;
  readonly span: Span;
  readonly severity: Problem['severity'];
  /** A sentence that a beginner understands. */
  readonly message: string;
  readonly fixes?: readonly Fix[];
}

export interface LintRule {
  readonly id: string;
  /** A few words, for lists. */
  readonly title: string;
  /** Page of the Kubernetes documentation about it. */
  readonly docs?: string;
  check(context: LintContext): Iterable<Finding>;
}
