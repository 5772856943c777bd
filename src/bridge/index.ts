// The page's way to the simulation and back.
export * from './protocol.ts';
