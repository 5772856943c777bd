// What the parts of the Nodes view are given: places, never facts.
import type { Node } from '@xyflow/react';
import type { MachinePlan, VolumePlan, ZonePlan } from './nodes-layout.ts';

export type ZoneNode = Node<{ readonly plan: ZonePlan }, 'zone'>;
export type MachineNode = Node<{ readonly plan: MachinePlan; readonly row: number }, 'machine'>;
export type VolumeNode = Node<{ readonly plan: VolumePlan; readonly row: number }, 'volume'>;
export type WiresNode = Node<{ readonly plan: ZonePlan }, 'wires'>;
export type CaptionNode = Node<
  { readonly setId: string; readonly room: number; readonly pointers: ReadonlyMap<string, number> },
  'caption'
>;
export type ClusterNode = ZoneNode | MachineNode | VolumeNode | WiresNode | CaptionNode;
