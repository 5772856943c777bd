// What containers find around them in the simulated cluster.
import { endProcess, resolve, setProgram } from '#engine';
import type { Surroundings } from '#kubectl';

/** The cluster's DNS, and what becomes of a container whose process is ended or whose programs are changed from inside. */
export const surroundings: Surroundings = { resolve, endProcess, setProgram };
