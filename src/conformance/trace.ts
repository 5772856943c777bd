// The format of a recorded trace: one scenario played on a real control plane, act by act, with what followed. The same
// format holds what the simulator answers to the same acts. Types only.
import type { Json } from '#kube';

/** A node of the recorded cluster: Ready, and without taints unless they are given. */
export interface TraceNode {
  readonly name: string;
  readonly zone?: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** What a trace shows of one object: its telling fields, without what no two clusters share. */
export type Digest = Readonly<Record<string, Json>>;

/** A change of an object whose digest changed with it. */
export type LogEntry = Digest & {
  readonly change: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly kind: string;
  readonly name: string;
};

/** An Event as it was written: a repeated one is written again, with a higher count. */
export interface TraceEvent {
  readonly object: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count?: number;
  readonly source?: string;
}

/** Digests by kind and name. */
export type TraceState = Readonly<Record<string, Readonly<Record<string, Digest>>>>;

/** One act and what followed until the cluster was quiet. */
export interface TraceStep {
  /** Seconds since the first act, when the cluster was quiet again. */
  readonly at?: number;
  readonly kubectl?: string;
  /** `ready web-0`: what the kubelet reports. */
  readonly kubelet?: string;
  /** The claim for which an external provisioner makes a volume. */
  readonly provision?: string;
  /** `node-1 Unknown`: the Ready condition of a node. */
  readonly node?: string;
  /** Seconds that pass. */
  readonly wait?: number;
  /** Files of the user that change. */
  readonly write?: Readonly<Record<string, string>>;
  /** The act could not be played, and why. */
  readonly skipped?: Json;
  /** The server refused the act, and why. */
  readonly error?: string;
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
  readonly log?: readonly LogEntry[];
  readonly events?: readonly TraceEvent[];
  /** Left out where the log is empty: it is as it was. */
  readonly state?: TraceState;
  /** Parts in which two recordings of this step did not agree. */
  readonly chance?: readonly string[];
}

export interface Trace {
  readonly format: number;
  readonly name: string;
  readonly about?: string;
  readonly kubernetes?: string;
  readonly kubectl?: string;
  /** Feature gates that differ from the defaults. */
  readonly gates?: Readonly<Record<string, boolean>>;
  readonly cluster: { readonly nodes: readonly TraceNode[]; readonly manifest?: string };
  readonly files: Readonly<Record<string, string>>;
  readonly recorded?: string;
  readonly steps: readonly TraceStep[];
}
