// What a link or a file carries: everything needed to play the same history again, and no snapshot of any state.
import type { Branch } from '#timeline';

/** A node of the cluster, as the link tells it. */
export interface NodeSetup {
  readonly name: string;
  readonly zone?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** The cluster before the first act. */
export interface ClusterSetup {
  readonly seed: number;
  readonly gates: Readonly<Record<string, boolean>>;
  readonly nodes: readonly NodeSetup[];
  /** Manifest applied before time 0: StorageClasses, volumes. */
  readonly manifest: string;
  /**
   * Objects of a living cluster as a JSON list, taken in as they are at time 0. What was pasted is looked over, trimmed and
   * filled up before it stands here.
   */
  readonly pasted?: string;
  readonly timing: Readonly<Record<string, number>>;
}

/** The view on the page. */
export interface ViewSetup {
  readonly layout: 'identity' | 'nodes';
  readonly selected?: string;
  /** Shown to a room: larger words, little else. */
  readonly isPresenting?: boolean;
  /** The branch that stands beside the present one. */
  readonly compare?: number;
}

/** A whole session. */
export interface Session {
  readonly cluster: ClusterSetup;
  /** The editor's text by file name: what stands there, applied or not. */
  readonly files: Readonly<Record<string, string>>;
  readonly branches: readonly Branch[];
  /** Where the playhead stands. */
  readonly at: { readonly branch: number; readonly atMs: number };
  readonly view: ViewSetup;
}
