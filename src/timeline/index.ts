// History: acts, branches, ticks, checkpoints, and the player that moves along them.
export * from './history.ts';
export * from './player.ts';
export * from './types.ts';
