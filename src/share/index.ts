// The link and the file: a session encoded and decoded, within limits.
export * from './codec.ts';
export { LIMITS } from './pack.ts';
export * from './types.ts';
