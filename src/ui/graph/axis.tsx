// What lies over the slots of a set: the lines that join them, the carriage where the controller is, and the two handles.
import { type NodeProps, useStore as useFlow } from '@xyflow/react';
import { type JSX, memo, useEffect, useRef } from 'react';
import type { SetFacts } from '#scene';
import { partitionCommand, scaleCommand } from '../shell/set-commands.ts';
import { AxisHandle, type LabelSide } from './axis-handle.tsx';
import { busX, CHIP_RAIL_HEIGHT, HEADS_WIDTH, railHeight, SERVICE_WIDTH, SERVICE_X, Y } from './layout.ts';
import {
  indexOfOrdinal,
  lineOf,
  MARGIN,
  partitionAt,
  partitionX,
  replicasAt,
  type SetShape,
  SLOT_WIDTH,
} from './line.ts';
import { type AxisNode, useGraphActions } from './node-parts.ts';
import { Unscaled } from './unscaled.tsx';
import { useFacts } from './use-facts.ts';
import './axis.css';

/** No more numbers than these are written into a carriage that spans many. */
const CARRIAGE_NUMBERS_MAX = 60;
/** More replicas than these are typed, not dragged. */
const REPLICAS_MAX = 10_000;
const LABEL_WIDTH = 62;
/** Narrower chips have no name, and their service's line stands higher: as in the chips' style sheet. */
const PLATE_PX = 60;
const NAME_HEIGHT = 23;

/**
 * The axis of a set.
 *
 * @param props - from the graph library
 */
export const Axis = memo(function Axis({ data }: NodeProps<AxisNode>): JSX.Element | null {
  const { shape, level } = data;
  const set = useFacts('set', shape.id);
  const zoom = useFlow((state) => state.transform[2]);
  const k = level === 'card' ? 1 : zoom;
  const lastK = useRef(k);
  const isStill = lastK.current !== k;
  useEffect(() => {
    lastK.current = k;
  }, [k]);
  if (!set) return null;
  return (
    <Unscaled isOn={level !== 'card'}>
      <Lines shape={shape} k={k} isChip={level === 'chip'} isStill={isStill} />
      {set.workingOn.length > 0 && <Carriage shape={shape} set={set} k={k} isStill={isStill} />}
      <Handles shape={shape} set={set} k={k} zoom={zoom} isStill={isStill} />
    </Unscaled>
  );
});

interface PartProps {
  readonly shape: SetShape;
  readonly set: SetFacts;
  /** Pixels for each unit along the line. */
  readonly k: number;
}

function Lines({ shape, k, isChip, isStill }: Omit<PartProps, 'set'> & { isChip: boolean; isStill: boolean }) {
  const line = lineOf(shape);
  const head = MARGIN * k;
  const serviceRight = head + SERVICE_X - MARGIN + SERVICE_WIDTH;
  const riser = Math.max(serviceRight + 8.5, isChip ? line.right * k + 5 : busX(shape));
  const last = shape.ordinals.length > 0 ? line.right * k : undefined;
  const isNarrow = isChip && SLOT_WIDTH * k < PLATE_PX;
  const busY = isNarrow ? Y.bus - NAME_HEIGHT : Y.bus;
  const bottom = isChip
    ? Y.chipRail + CHIP_RAIL_HEIGHT - (isNarrow ? NAME_HEIGHT : 0)
    : Y.rail + railHeight(shape.claimRows);
  const hasOutside = shape.ordinals.some((ordinal) => ordinal >= shape.start + shape.replicas);
  return (
    <svg className="axis-lines" width="1" height="1" aria-hidden="true">
      {shape.serviceId !== undefined && last !== undefined && (
        <path d={`M${serviceRight} 51H${riser - 7}a7 7 0 0 1 7 7V${busY - 7}a7 7 0 0 1 -7 7H${last}`} />
      )}
      {hasOutside && (
        <path
          className="axis-end"
          data-still={isStill || undefined}
          d={`M0 182V${bottom}`}
          style={{ transform: `translateX(${line.replicasX * k}px)` }}
        />
      )}
    </svg>
  );
}

function Carriage({ shape, set, k, isStill }: PartProps & { isStill: boolean }) {
  const { xs } = lineOf(shape);
  const places = set.workingOn.flatMap((ordinal) => indexOfOrdinal(shape, ordinal) ?? []);
  const [from, to] = [Math.min(...places), Math.max(...places)];
  const [first, last] = [xs[from], xs[to]];
  if (first === undefined || last === undefined) return null;
  const half = Math.min(20, (SLOT_WIDTH * k) / 2);
  const left = (first + SLOT_WIDTH / 2) * k - half;
  const width = (last - first) * k + 2 * half;
  const span = shape.ordinals.slice(from, to + 1);
  const isLeft = leadsLeft(shape, set, from);
  return (
    <>
      {from === to && hasNext(shape, from, isLeft) && (
        <Chevrons x={(first + SLOT_WIDTH / 2) * k} k={k} leadsLeft={isLeft} />
      )}
      <div
        className="axis-carriage"
        data-small={half < 20 || undefined}
        data-still={isStill || undefined}
        style={{ width, transform: `translateX(${left}px)` }}
        aria-hidden="true"
      >
        {span.length > CARRIAGE_NUMBERS_MAX ? (
          <span className="axis-span">
            {span[0]} to {span.at(-1)}
          </span>
        ) : (
          span.map((ordinal, i) => (
            <span
              key={ordinal}
              className={set.workingOn.includes(ordinal) ? 'axis-number' : 'axis-number axis-number-idle'}
              style={{ left: ((xs[from + i] ?? first) - first) * k, width: 2 * half }}
            >
              {ordinal}
            </span>
          ))
        )}
      </div>
    </>
  );
}

/** Updates and scaling down go from the highest ordinal to the lowest; what is created goes the other way. */
function leadsLeft(shape: SetShape, set: SetFacts, index: number): boolean {
  const ordinal = shape.ordinals[index] ?? 0;
  if (ordinal >= shape.start + shape.replicas) return true;
  return set.currentRevision?.name !== set.updateRevision?.name && set.total >= set.replicas - 1;
}

/** Beyond the last slot there is nothing to go on to. */
const hasNext = ({ ordinals }: SetShape, index: number, isLeft: boolean): boolean =>
  isLeft ? index > 0 : index < ordinals.length - 1;

function Chevrons({ x, k, leadsLeft }: { x: number; k: number; leadsLeft: boolean }) {
  if (k < 0.6) return null;
  const away = leadsLeft ? -70 : 70;
  const step = leadsLeft ? 11 : -11;
  const [dx, back] = leadsLeft ? [-4.5, 4.5] : [4.5, -4.5];
  return (
    <svg className="axis-chevrons" width="1" height="1" aria-hidden="true">
      {[1, 0.6, 0.3].map((opacity, i) => (
        <path
          key={opacity}
          opacity={opacity}
          d={`M${x + away * Math.min(1, k) + step * i} 163.5l${dx} 4.5 ${back} 4.5`}
        />
      ))}
    </svg>
  );
}

function Handles({ shape, set, k, zoom, isStill }: PartProps & { zoom: number; isStill: boolean }) {
  const { onScale, onPartition } = useGraphActions();
  const hasPartition = set.updateStrategy === 'RollingUpdate' && set.replicas > 0;
  const replicasX = lineOf(shape).replicasX;
  const ownX = partitionX(shape, set.partition);
  const sides = labelSides(shape, set, k, ownX);
  // Screen pixels of a drag become units of the line: a card's zoom scales both, a chip's only the line.
  const toUnits = 1 / zoom;
  if (set.isTerminating) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and the handles their own
    <div className="axis-handles" role="row" aria-label={`Replicas and partition of ${set.name}`}>
      {hasPartition && (
        <AxisHandle
          word="partition"
          label={`Partition of ${set.name}`}
          value={set.partition}
          max={Math.max(set.partition, set.start + set.replicas)}
          at={ownX}
          k={k}
          toUnits={toUnits}
          side={sides.partition}
          isStill={isStill}
          commandOf={(value) => partitionCommand(set, value)}
          valueAt={(x) => partitionAt(shape, x)}
          xOf={(value) => partitionX(shape, value)}
          onChange={onPartition && ((value) => onPartition(shape.id, value))}
        />
      )}
      <AxisHandle
        word="replicas"
        label={`Replicas of ${set.name}`}
        value={set.replicas}
        max={REPLICAS_MAX}
        at={replicasX}
        k={k}
        toUnits={toUnits}
        side={sides.replicas}
        isStill={isStill}
        commandOf={(value) => scaleCommand(set, value)}
        valueAt={(x) => replicasAt(shape, x, REPLICAS_MAX)}
        onChange={onScale && ((value) => onScale(shape.id, value))}
      />
    </div>
  );
}

/** The words of the handles give way to each other, to the carriage and to the edge. */
function labelSides(
  shape: SetShape,
  set: SetFacts,
  k: number,
  ownX: number,
): { partition: LabelSide; replicas: LabelSide } {
  const { xs, replicasX, right } = lineOf(shape);
  const middles = set.workingOn.flatMap((ordinal) => {
    const x = xs[indexOfOrdinal(shape, ordinal) ?? -1];
    return x === undefined ? [] : (x + SLOT_WIDTH / 2) * k;
  });
  const isNear = (from: number, to: number) => k > 0.6 && middles.some((x) => x + 24 > from && x - 24 < to);
  const end = Math.max(MARGIN * k + HEADS_WIDTH + MARGIN, right * k + 12);
  const [at, own] = [replicasX * k, ownX * k];
  const fits = at + LABEL_WIDTH <= end;
  const replicas = fits ? 'over' : isNear(at - LABEL_WIDTH, at) ? 'short' : 'left';
  const taken = replicas === 'over' ? [at - 5, at + LABEL_WIDTH] : [at - LABEL_WIDTH - 8, at];
  const isFree = (from: number) => from + LABEL_WIDTH < (taken[0] ?? 0) || from > (taken[1] ?? 0);
  if (isFree(own + 10) && !isNear(own + 10, own + 10 + LABEL_WIDTH)) return { replicas, partition: 'right' };
  const isAtStart = own - LABEL_WIDTH < -MARGIN;
  if (isAtStart && isFree(own)) return { replicas, partition: 'over' };
  const before = own - LABEL_WIDTH - 8;
  return { replicas, partition: !isAtStart && isFree(before) && !isNear(before, own) ? 'left' : 'short' };
}
