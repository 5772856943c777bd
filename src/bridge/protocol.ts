// What the page and the worker say to each other. Requests have an id and get one answer each; the worker holds the
// whole history, the page only the facts of the moment it shows.
import type { ShellEffect } from '#kubectl';
import type { Fix } from '#manifest';
import type { Facts, Lane, LifeCells, Why, WhyRule } from '#scene';
import type { ClusterSetup, Session } from '#share';
import type { Act } from '#timeline';

/** A place in a manifest, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something to say about a manifest, at its place. */
export interface Problem {
  readonly file: string;
  readonly from: Position;
  readonly to: Position;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The rule of SPEC.md behind it. */
  readonly code?: string;
  /** That rule in a few words. */
  readonly title?: string;
  /** A page of the Kubernetes documentation about it. */
  readonly docs?: string;
  /** What can be done about it at a keystroke: edits of the file that it is in, and commands to run after them. */
  readonly fixes?: readonly Fix[];
}

/** One act on the timeline. */
export interface ActMark {
  readonly branch: number;
  readonly atMs: number;
  /** `scale 3→5`: a few words. */
  readonly label: string;
  /** `kubectl scale sts web --replicas=5`, or the fault's words. */
  readonly command: string;
  readonly icon: 'apply' | 'scale' | 'delete' | 'image' | 'fault' | 'node' | 'other';
  /** kubectl or the server refused it. */
  readonly isError: boolean;
}

/** A set with more slots than one looks at one by one: it is drawn as ordinals over time. */
export interface LaneSummary {
  readonly setId: string;
  readonly slots: number;
  readonly firstOrdinal: number;
  readonly lastOrdinal: number;
}

export interface BranchInfo {
  readonly id: number;
  readonly name: string;
  readonly parent?: number;
  readonly forkMs?: number;
  readonly reachedMs: number;
}

/** What the timeline draws, whole. Worth asking for again when a frame's branch or number of ticks has changed. */
export interface TimelineInfo {
  readonly branch: number;
  readonly branches: readonly BranchInfo[];
  readonly acts: readonly ActMark[];
  readonly lanes: readonly Lane[];
  readonly summaries: readonly LaneSummary[];
  /** Moments of every tick that changed an object, ascending, for snapping: at most 20,000, evenly thinned beyond. */
  readonly tickTimesMs: readonly number[];
}

/** The moment shown. Facts are a difference from the last frame unless `isWhole`. */
export interface Frame {
  readonly isWhole: boolean;
  readonly atMs: number;
  readonly branch: number;
  /** Ticks that have happened at this moment, and how many the branch has so far. */
  readonly tick: number;
  readonly ticks: number;
  /** How far this branch is simulated, and how far it was looked at. */
  readonly simulatedMs: number;
  readonly reachedMs: number;
  /** The next moment after this one at which something changes, as far as simulated; undefined: none known. */
  readonly nextTickMs?: number;
  readonly previousTickMs?: number;
  /** Nothing is left to happen: the cluster is quiet for good. */
  readonly isQuiet: boolean;
  readonly set: readonly Facts[];
  readonly gone: readonly string[];
  /** The other branch, where two are compared: then `nextTickMs` and `isQuiet` speak of both. */
  readonly beside?: BesideFrame;
  /** Another number after every act: what was foreseen before it does not hold. */
  readonly future: number;
  /** What the last tick at this moment did, and who did it. */
  readonly lastTick?: {
    readonly actor: string;
    readonly key: string;
    readonly sentence?: string;
    readonly atMs: number;
  };
}

/** Another branch at the moment of the frame, where two are compared. Facts are a difference as in the frame. */
export interface BesideFrame {
  readonly branch: number;
  /** Ticks that have happened on it at this moment. */
  readonly tick: number;
  readonly isWhole: boolean;
  readonly set: readonly Facts[];
  readonly gone: readonly string[];
}

/** How far the present branch is simulated beyond what was looked at, if nobody acts. */
export interface Forecast {
  readonly branch: number;
  /** As in the frames that it holds for. */
  readonly future: number;
  /** The last moment, as far as simulated, at which something changes. */
  readonly endMs: number;
  readonly simulatedMs: number;
  /** After `endMs` nothing is left to happen. */
  readonly isQuiet: boolean;
  /** It goes no further: the cluster is quiet, or this is as far as is looked. */
  readonly isDone: boolean;
}

/** What an act gave back. */
export interface ActAnswer {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  readonly problems: readonly Problem[];
  /** The branch that was started for it, where the playhead stood in the past. */
  readonly newBranch?: number;
  readonly frame: Frame;
}

/** Everything about one object, for the inspector. */
export interface Inspection {
  readonly id: string;
  readonly yaml: string;
  readonly events: readonly {
    readonly atMs: number;
    readonly type: string;
    readonly reason: string;
    readonly message: string;
    readonly count: number;
    readonly source: string;
    /** The object that it is about, as a fact id; it may be gone. */
    readonly about: string;
  }[];
  readonly conditions: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  /** Of a pod: what each of its containers is doing. */
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly isInit: boolean;
    readonly isReady: boolean;
    readonly restarts: number;
    /** As kubectl describe has it: `Waiting`, `Running` or `Terminated`. */
    readonly state: string;
    /** Why it waits or how it ended. */
    readonly reason?: string;
    readonly exitCode?: number;
    /** When it was started, or ended. */
    readonly sinceMs?: number;
  }[];
  readonly labels: Readonly<Record<string, string>>;
  /** Owner chain, nearest first, as ids. */
  readonly owners: readonly string[];
  /** The last tick that touched it: which one, when, and whose turn it was. */
  readonly changedBy?: { readonly tick: number; readonly atMs: number; readonly actor: string };
  /** What that tick changed: `+`, `-` or `~`, a path and values. */
  readonly changed: readonly {
    readonly mark: '+' | '-' | '~';
    readonly path: string;
    readonly before?: string;
    readonly after?: string;
  }[];
}

/** A thing that can be done to an object right now, with the command it stands for. */
export interface Offer {
  readonly id: string;
  readonly label: string;
  /** The whole command as a person would type it, or the fault in words. */
  readonly command: string;
  readonly act: Act;
  readonly risk?: string;
  readonly isDestructive: boolean;
}

/** One record of the cluster's DNS. */
export interface DnsRow {
  readonly name: string;
  readonly type: 'A' | 'SRV' | 'PTR' | 'CNAME';
  /** An address, a name, or `priority weight port target`. */
  readonly data: string;
  readonly ttlSeconds: number;
  /** The pod or Service behind it, as a fact id. */
  readonly about: string;
}

/** A name that a pod of a set has no record under, and why. */
export interface DnsSilence {
  readonly name: string;
  /** The pod, as a fact id. */
  readonly about: string;
  readonly sentence: string;
  readonly rule: WhyRule;
}

/** What DNS says of one Service. */
export interface DnsService {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** `nginx.default.svc.cluster.local` */
  readonly domain: string;
  /** False for a Service that a set names and that nobody has created. */
  readonly isThere: boolean;
  readonly isHeadless: boolean;
  /** What its own name is answered with, or why it is not. */
  readonly sentence: string;
  readonly rule: WhyRule;
  /** Its records, as far as the whole answer holds them; `total` counts all. */
  readonly records: readonly DnsRow[];
  readonly total: number;
  /** Pods of the sets it governs whose names are not answered: at most 200; `silentTotal` counts all. */
  readonly silent: readonly DnsSilence[];
  readonly silentTotal: number;
}

/** Every record of the cluster's domain, at most 2,000. */
export interface DnsTable {
  readonly services: readonly DnsService[];
  readonly total: number;
  readonly isCut: boolean;
}

/** The answer to a question to the DNS. */
export interface DnsLookUp {
  readonly name: string;
  readonly type: DnsRow['type'];
  /** The pod that asked, as a fact id. */
  readonly from?: string;
  /** Why that pod could not really ask just now. */
  readonly problem?: string;
  /** NOERROR without answers: the name is there, and has no record of the type. */
  readonly rcode: 'NOERROR' | 'NXDOMAIN';
  /** At most 200; `total` counts all. */
  readonly answers: readonly DnsRow[];
  readonly total: number;
  /** Why it is answered, or why not. */
  readonly sentence: string;
  readonly rule: WhyRule;
  /** The object that decides, as a fact id. */
  readonly about?: string;
  /** The search domains of the pod, and the names that were asked for in turn, up to the one that was answered. */
  readonly searchDomains: readonly string[];
  readonly searchTried: readonly { readonly name: string; readonly isAnswered: boolean }[];
}

/** What a line of the terminal did so far. */
export interface RunAnswer {
  /** To go on with, or to end. */
  readonly id: number;
  /** What it shows, in order. */
  readonly shown: readonly ShellEffect[];
  /** Its exit code; undefined while it is not over. */
  readonly code?: number;
  /** What it waits for: time to pass, a line to be typed, or a turn of its own, because it will change something. */
  readonly waits?: 'time' | 'line' | 'turn';
  /** What stands before the line to be typed. */
  readonly prompt?: string;
  /** It watches, and never ends by itself. */
  readonly isEndless?: boolean;
  /** The line wants more lines, and nothing was done: an open quote, a loop without its end. */
  readonly isIncomplete?: boolean;
  /** Of what was typed, the first command; what was run, where lines of before were put in; and what is still to be run. */
  readonly typed?: string;
  readonly ran?: string;
  readonly rest?: string;
  /** How many acts it put on the timeline. */
  readonly acts: number;
  /** The branch that was started for them, where the playhead stood in the past. */
  readonly newBranch?: number;
  /** Files that it wrote; `null` for those it removed. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Given unless it was only asked to look. */
  readonly frame?: Frame;
}

/** An act as a terminal shows it. */
export interface PrintedAct {
  readonly atMs: number;
  /** `kubectl …`, or the words of a fault. */
  readonly command: string;
  readonly out: string;
  readonly err: string;
}

/** Words that fit where the cursor stands in a line of the terminal. */
export interface Completion {
  /** The part of the line that they take the place of. */
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

/** What became of a pasted cluster. */
export type ImportedCluster =
  | {
      readonly setup: ClusterSetup;
      /** Manifests of the sets, Services and budgets, to be edited and applied; empty where they would be too long. */
      readonly files: Readonly<Record<string, string>>;
      /** How many objects of each kind were taken in. */
      readonly counts: Readonly<Record<string, number>>;
      /** What was filled up or left out, a sentence each. */
      readonly notes: readonly string[];
    }
  | { readonly problems: readonly Problem[] };

/** Requests by name: what they take and what they give. */
export interface Requests {
  /** Begins or replaces the session. A fingerprint that the replay does not match is told, not thrown. */
  open: {
    args: { session: Session; fingerprint?: string };
    answer: { frame: Frame; timeline: TimelineInfo; isFaithful: boolean; printed: readonly PrintedAct[] };
  };
  /** Shows a moment, simulating ahead where needed. */
  seek: { args: { atMs: number }; answer: Frame };
  /** The moment of the next or previous tick that changed an object, or act. */
  jump: { args: { to: 'next-tick' | 'previous-tick' | 'next-act' | 'previous-act' | 'end' }; answer: Frame };
  act: { args: { act: Act; atMs: number }; answer: ActAnswer };
  timeline: { args: Record<string, never>; answer: TimelineInfo };
  /** The lives of a set's slots in cells, between moments that ascend; undefined: no such set. */
  lives: {
    args: { setId: string; edgesMs: readonly number[]; rows: number };
    answer: LifeCells | undefined;
  };
  goToBranch: { args: { branch: number }; answer: { frame: Frame; timeline: TimelineInfo } };
  renameBranch: { args: { branch: number; name: string }; answer: TimelineInfo };
  /** Takes a branch away that no other left and that is not shown, or (`isBack`) brings it back. */
  removeBranch: { args: { branch: number; isBack: boolean }; answer: TimelineInfo };
  /** Shows a branch beside the present one, in every frame from now on; undefined: none. */
  compare: { args: { branch: number | undefined }; answer: Frame };
  /** Simulates the present branch further ahead, for about a hundredth of a second: to be asked until it is done. */
  forecast: { args: Record<string, never>; answer: Forecast };
  inspect: { args: { id: string }; answer: Inspection | undefined };
  offers: { args: { id: string | undefined }; answer: readonly Offer[] };
  /**
   * Events of the cluster up to this moment, newest last, at most 1,000; of one object by its fact id, and of what
   * depends on it: of a set its pods, claims and revisions, also those that are gone.
   */
  events: { args: { about?: string; withDependents?: boolean }; answer: Inspection['events'] };
  /** Why an object is as it is, by its fact id, and what comes next; undefined: what is going on in the whole cluster. */
  why: { args: { id: string | undefined }; answer: Why };
  /** Every record that the cluster's DNS would answer with. */
  dns: { args: Record<string, never>; answer: DnsTable };
  /** Asks the DNS as a pod would (`from`, a fact id; a pod of the namespace `default` where it is left out). */
  lookUp: { args: { name: string; type?: DnsRow['type']; from?: string }; answer: DnsLookUp };
  /** Checks manifests against the cluster at the playhead without applying them; those `beside` count as there. */
  check: {
    args: { files: Readonly<Record<string, string>>; beside?: Readonly<Record<string, string>> };
    answer: { problems: readonly Problem[]; notSimulated: readonly string[] };
  };
  /**
   * Reads the output of `kubectl get … -o yaml` or `-o json` as the state of a cluster to begin with. Nothing is opened: a
   * session with `setup` as its cluster, `files` in its editor and no acts shows it.
   */
  importCluster: {
    args: { text: string };
    answer: ImportedCluster;
  };
  /** A line of the terminal, at a moment. `history`: lines typed before. */
  run: {
    args: {
      line: string;
      atMs: number;
      files: Readonly<Record<string, string>>;
      history: readonly string[];
    };
    answer: RunAnswer;
  };
  /**
   * A line that is not over goes on: the playhead has moved, a line was typed (`null`: the input ends), or Ctrl+C.
   * Only with `mayAct` may it change something; then nothing else may be asked meanwhile.
   */
  runMore: {
    args: {
      id: number;
      atMs: number;
      files?: Readonly<Record<string, string>>;
      input?: string | null;
      isInterrupted?: boolean;
      mayAct: boolean;
    };
    answer: RunAnswer;
  };
  /** What may stand where the cursor is in a line of the terminal. */
  complete: {
    args: { line: string; cursor: number; files: readonly string[] };
    answer: Completion;
  };
  /** The present session, its link and its fingerprint. */
  share: {
    args: { files: Readonly<Record<string, string>>; view: Session['view'] };
    answer: { hash: string; length: number; session: Session; fingerprint: string };
  };
}

export type RequestName = keyof Requests;
export type RequestMessage = {
  [N in RequestName]: { readonly id: number; readonly name: N; readonly args: Requests[N]['args'] };
}[RequestName];
export type AnswerMessage =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false; readonly error: string };

/** The page's side, whether a worker or the same thread answers. */
export interface Client {
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['answer']>;
  close(): void;
}
