// The facts of the branch that stands beside the present one, where two are compared: a store of their own, at the same
// moment. Frames bring them along.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BesideFrame } from '#bridge';
import { type FactsStore, newFactsStore } from './facts.ts';

export interface ComparedState {
  /** The branch beside the present one; undefined: nothing is compared. */
  readonly branch: number | undefined;
  /** Ticks that have happened on it at the moment shown. */
  readonly tick: number;
  /** The present branch stands on the right. */
  readonly isSwapped: boolean;
}

/** What is compared. */
export const compared: StoreApi<ComparedState> = createStore<ComparedState>(() => ({
  branch: undefined,
  tick: 0,
  isSwapped: false,
}));

/** The facts of the other branch. */
export const besideFacts: FactsStore = newFactsStore();

/**
 * Takes in what a frame tells of the other branch.
 *
 * @param frame - undefined where nothing is compared
 */
export function takeBeside(frame: BesideFrame | undefined): void {
  if (frame) besideFacts.applyFrame(frame);
  else if (compared.getState().branch !== undefined) besideFacts.applyFrame({ isWhole: true, set: [], gone: [] });
  else return;
  compared.setState({ branch: frame?.branch, tick: frame?.tick ?? 0 });
}
