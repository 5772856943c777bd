// The list of actors. A new controller is one file and one line here; the order is that of start-up and of ties.
import type { Actor } from '../kernel/index.ts';

export const actors: readonly Actor[] = [];
