// What containers find around them in the simulated cluster.
import { applyFault, resolve } from '#engine';
import { keyOf } from '#kube';
import type { Surroundings } from '#kubectl';

/** The cluster's DNS, and what becomes of a container whose process is ended from inside. */
export const surroundings: Surroundings = {
  resolve,
  endProcess: (turn, { metadata }) => {
    applyFault(turn, 'pod-crash', keyOf('Pod', metadata.namespace ?? '', metadata.name));
  },
};
