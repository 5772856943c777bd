// The link and the file.
export * from './types.ts';
