// The feature gates that change what Ordinal models.

/** Gate name to on or off; a gate that is not named has its default of v1.36. */
export type FeatureGates = Readonly<Record<string, boolean>>;

/** Defaults of v1.36 for the gates that are asked for. */
export const DEFAULT_GATES: FeatureGates = { MaxUnavailableStatefulSet: false };

/** Whether a gate is on. */
export const isGateOn = (gates: FeatureGates, gate: string): boolean => gates[gate] ?? DEFAULT_GATES[gate] ?? false;
