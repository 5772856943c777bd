// Runs something within a turn of a moment and takes everything back: what a command says, and whether it would have
// changed anything.
import { actNow, type Moment, newCluster, type Turn, type World } from '#engine';
import { must } from '#lib';

const TAKEN_BACK = new Error('taken back');

/**
 * Runs something at a moment without a trace.
 * @param moment is used for it and left as it was
 * @param atMs the virtual time that the turn sees: the playhead's, which may be later than the moment's last tick
 * @returns what `run` returned, and whether it changed anything
 */
export function tryTurn<T>(
  moment: Moment,
  config: World['config'],
  atMs: number,
  run: (turn: Turn) => T,
): { readonly result: T; readonly hasWritten: boolean } {
  const counters = { ...moment.counters, nowMs: Math.max(atMs, moment.counters.nowMs) };
  const { store, tasks, memory, reasons } = moment;
  const cluster = newCluster({ config, counters, store, tasks, memory, reasons, queue: [] }, []);
  let outcome: { readonly result: T; readonly hasWritten: boolean } | undefined;
  try {
    actNow(cluster, 'user', 'look', (turn) => {
      const { noting, hasWritten } = noteWrites(turn);
      outcome = { result: run(noting), hasWritten: hasWritten() };
      // A turn that throws leaves no trace.
      throw TAKEN_BACK;
    });
  } catch (error) {
    if (error !== TAKEN_BACK) throw error;
  }
  return must(outcome, 'what the turn returned');
}

/** A turn that notes whether anything is written through it. */
function noteWrites(turn: Turn): { noting: Turn; hasWritten: () => boolean } {
  let written = false;
  const note = <R extends { readonly ok: boolean; readonly changed?: boolean }>(result: R): R => {
    written ||= result.ok && result.changed === true;
    return result;
  };
  const noting: Turn = {
    ...turn,
    create: (draft) => note(turn.create(draft)),
    update: (object) => note(turn.update(object)),
    updateStatus: (object) => note(turn.updateStatus(object)),
    delete: (key, options) => note(turn.delete(key, options)),
    evict: (key, options) => note(turn.evict(key, options)),
    bind: (key, nodeName) => note(turn.bind(key, nodeName)),
    remember: (key, value) => {
      written = true;
      turn.remember(key, value);
    },
    wake: (actor, key, afterMs) => {
      written = true;
      turn.wake(actor, key, afterMs);
    },
  };
  return { noting, hasWritten: () => written };
}
