// The page's way to the simulation and back.
export * from './client.ts';
export * from './protocol.ts';
export { trustedWorker } from './trusted-worker.ts';
