// What the acts of a session have printed, so that the terminal of a link shows what its maker saw.
import type { Act, Track } from '#timeline';
import type { PrintedAct } from './protocol.ts';

const TEXT_CHARACTERS_MAX = 4_000;
const CHARACTERS_MAX = 100_000;

/** What an act printed, as far as it is kept. */
export const printedAct = (atMs: number, act: Act, { out, err }: { out: string; err: string }): PrintedAct => ({
  atMs,
  command:
    act.type === 'kubectl'
      ? `kubectl ${act.command}`
      : `${act.fault} ${act.target.slice(act.target.lastIndexOf('/') + 1)}`,
  out: out.slice(0, TEXT_CHARACTERS_MAX),
  err: err.slice(0, TEXT_CHARACTERS_MAX),
});

/**
 * What was printed on the way to a moment of a branch: on the branch itself, and before it on those that it came from.
 * @param printed by the id of the track that the act was done on
 * @returns the newest, oldest first
 */
export function printedUpTo(
  printed: ReadonlyMap<number, readonly PrintedAct[]>,
  tracks: readonly Track[],
  track: number,
  atMs: number,
): PrintedAct[] {
  const found: PrintedAct[] = [];
  let left = CHARACTERS_MAX;
  for (let id: number | undefined = track, untilMs = atMs; id !== undefined; ) {
    for (const act of (printed.get(id) ?? []).filter((one) => one.atMs <= untilMs).reverse()) {
      left -= act.command.length + act.out.length + act.err.length;
      if (left < 0) return found;
      found.unshift(act);
    }
    const fork = tracks.find((one) => one.id === id)?.fork;
    untilMs = Math.min(untilMs, fork?.atMs ?? untilMs);
    id = fork?.parent;
  }
  return found;
}
