// The list of actors. A new controller is one file and one line here; the order is that of start-up and of ties.
import type { Actor } from '../kernel/index.ts';
import { garbageCollector } from './garbage-collector/garbage-collector.ts';
import { statefulSetController } from './statefulset/index.ts';

export const actors: readonly Actor[] = [statefulSetController, garbageCollector];
