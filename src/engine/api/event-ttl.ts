// Events live for an hour after they were last written. k8s: kube-apiserver --event-ttl
import { type KubeEvent, parseTime } from '#kube';
import { type Actor, keyOfObject } from '../kernel/index.ts';

const TTL_MS = 3_600_000;
/** Shortest time between two looks, so that many events go together. */
const SWEEP_MS = 300_000;

/** When an event was last written, in Unix milliseconds. */
const lastWrittenMs = (event: KubeEvent): number =>
  parseTime(event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime) ?? 0;

/** Rule API-16: takes away what is older than an hour. Sleeps while there are no events. */
export const eventTtl: Actor = {
  name: 'event-ttl',
  isHousekeeping: true,
  latencyMs: 0,
  watches: {
    Event: ({ before }, enqueue) => {
      if (!before) enqueue('sweep', TTL_MS);
    },
  },
  reconcile(turn) {
    const nowMs = turn.config.epochMs + turn.nowMs;
    let oldestMs: number | undefined;
    for (const event of turn.view.list('Event')) {
      const writtenMs = lastWrittenMs(event);
      if (nowMs - writtenMs >= TTL_MS) turn.delete(keyOfObject(event));
      else if (writtenMs < (oldestMs ?? Infinity)) oldestMs = writtenMs;
    }
    return oldestMs === undefined ? {} : { againMs: Math.max(SWEEP_MS, oldestMs + TTL_MS - nowMs) };
  },
};
