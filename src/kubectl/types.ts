// What a kubectl command gives back.
import type { Outcome, resolve, Turn } from '#engine';
import type { Pod } from '#kube';
import type { Problem } from '#manifest';

/** Another look by a command that waits; it has its own turn. */
export type Follow = (turn: Turn) => {
  readonly out: string;
  readonly err: string;
  readonly isDone: boolean;
  readonly code?: number;
};

/** What is around a container and not among the objects of the API server. */
export interface Surroundings {
  /** The cluster's DNS. */
  readonly resolve: typeof resolve;
  /** Ends the process of a container, as `kill 1` does. */
  readonly endProcess?: (turn: Turn, pod: Pod, container: string, exitCode: number) => void;
  /** Takes a program away from a container, or puts it back. */
  readonly setProgram?: (turn: Turn, pod: Pod, container: string, program: string, isThere: boolean) => void;
}

export interface KubectlResult {
  readonly out: string;
  readonly err: string;
  /** Exit code. */
  readonly code: number;
  /** The same errors and warnings at their places in the files. */
  readonly problems: readonly Problem[];
  /** For the turn that the command took. */
  readonly outcome: Outcome;
  /** Objects that were stored although nothing of them is simulated: `ingress.networking.k8s.io/web`. */
  readonly notSimulated: readonly string[];
  /** The command only asks what would happen: whoever runs it takes the turn back. */
  readonly isDryRun: boolean;
  /** Set where the real command would not have returned yet: it goes on looking until `isDone`. */
  readonly follow?: Follow;
}
