// What tests of other layers and the tools use of the engine's own: random plays, and the eye that is kept on them.
export { type Play, type PlayStep, plays, type TwinKind } from './generators.ts';
export { newWatch, type Watch, watchPause, watchRest, watchTick } from './invariants.ts';
export { stuckAtRest } from './invariants-liveness.ts';
