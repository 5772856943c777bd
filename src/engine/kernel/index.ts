// Time and truth: the world, the clock, the event loop and the ticks. Nothing here knows what a StatefulSet is.
export * from './actor.ts';
export * from './fingerprint.ts';
export * from './frozen-store.ts';
export * from './loop.ts';
export * from './store.ts';
export * from './tick.ts';
export * from './world.ts';
