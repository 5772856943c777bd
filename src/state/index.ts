// What the page knows: plain stores that any part of the interface may read, and functions that change them.
export * from './clock.ts';
export * from './facts.ts';
export * from './selection.ts';
