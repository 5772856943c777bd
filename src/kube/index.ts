// What every Kubernetes client knows: kinds, names, labels, quantities, defaults, validation, hashes. Pure.
export * from './fnv.ts';
export * from './int-or-string.ts';
export * from './kinds.ts';
export * from './labels.ts';
export * from './meta.ts';
export * from './names.ts';
export * from './pod-display.ts';
export * from './quantity.ts';
export * from './selector-text.ts';
export * from './time.ts';
export * from './types.ts';
