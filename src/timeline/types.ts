// The shape of history: acts of people on branches, and the ticks that followed.

/** One act of a person. Plain data: it stands in the link, and playing it again gives the same ticks. */
export type Act =
  | {
      readonly type: 'kubectl';
      /** The arguments after `kubectl`, as they would be typed: `scale sts web --replicas=5`, `apply -f web.yaml`. */
      readonly command: string;
      /** Contents of the files that the command names. */
      readonly files?: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'fault';
      /** Id of a fault in the engine's list: `node-down`, `pod-crash` … */
      readonly fault: string;
      /** Key of the object it strikes. */
      readonly target: string;
    };

/** An act at its moment. */
export interface TimedAct {
  readonly atMs: number;
  readonly act: Act;
}

/** A line of history: what was done, and how far the playhead has been. Branch 0 is the trunk. */
export interface Branch {
  readonly id: number;
  readonly name: string;
  /** Where it left its parent; the trunk has none. */
  readonly fork?: { readonly parent: number; readonly atMs: number };
  /** Its own acts, in order of time. */
  readonly acts: readonly TimedAct[];
  /** The furthest moment that was looked at: beyond it lies the forecast. */
  readonly reachedMs: number;
}
