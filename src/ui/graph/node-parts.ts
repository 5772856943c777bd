// What the parts of the canvas are given: the shape and the place, never facts. Those they fetch themselves, by id.

import type { Node } from '@xyflow/react';
import { type CSSProperties, createContext, useContext } from 'react';
import type { Level } from './levels.ts';
import type { SetShape } from './line.ts';

export interface PartData extends Record<string, unknown> {
  readonly shape: SetShape;
  readonly level: Level;
  /** Pixels that a head may take in chips and cells. */
  readonly width: number;
  /** Its row in the canvas' grid, from 1. */
  readonly row: number;
}

export interface SlotData extends Record<string, unknown> {
  readonly shape: SetShape;
  readonly index: number;
  /** Its row in the canvas' grid, from 1. */
  readonly row: number;
  /** From the middle of this slot to the middle of the next. */
  readonly toNext: number;
  /** From this slot's left edge back to the one before, or to where the line begins. */
  readonly toPrevious: number;
}

export type SetNode = Node<PartData, 'set'>;
export type ServiceNode = Node<PartData, 'service'>;
export type AxisNode = Node<PartData, 'axis'>;
export type ThoughtNode = Node<PartData, 'thought'>;
export type SlotNode = Node<SlotData, 'slot'>;
export type ChipNode = Node<SlotData, 'chip'>;
export type IdentityNode = SetNode | ServiceNode | AxisNode | ThoughtNode | SlotNode | ChipNode;

/** What can be done on the canvas. */
export interface GraphActions {
  readonly onScale: ((setId: string, replicas: number) => void) | undefined;
  readonly onPartition: ((setId: string, partition: number) => void) | undefined;
}

const noActions: GraphActions = { onScale: undefined, onPartition: undefined };
export const GraphActionsContext = createContext<GraphActions>(noActions);

/** What can be done on the canvas this component stands on. */
export function useGraphActions(): GraphActions {
  return useContext(GraphActionsContext);
}

/**
 * A style with custom properties.
 *
 * @param vars - names without dashes, and their values
 */
export function cssVars(vars: Readonly<Record<string, string | number>>): CSSProperties {
  return Object.fromEntries(Object.entries(vars).map(([name, value]) => [`--${name}`, value]));
}
