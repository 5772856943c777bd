// What the controller thinks: one sentence, hung above the ordinal it is working on.
import { type NodeProps, useStore as useFlow } from '@xyflow/react';
import { type JSX, memo, useLayoutEffect, useRef, useState } from 'react';
import { ActionIcon } from '../icons/index.ts';
import { HEADER_WIDTH, HEADS_WIDTH } from './layout.ts';
import { indexOfOrdinal, lineOf, MARGIN, type SetShape, SLOT_WIDTH } from './line.ts';
import type { ThoughtNode } from './node-parts.ts';
import { Unscaled } from './unscaled.tsx';
import { useFacts } from './use-facts.ts';
import './thought.css';

/**
 * The caption of a set.
 *
 * @param props - from the graph library
 */
export const ThoughtCaption = memo(function ThoughtCaption({ data }: NodeProps<ThoughtNode>): JSX.Element | null {
  const { shape, level, width } = data;
  const set = useFacts('set', shape.id);
  const zoom = useFlow((state) => state.transform[2]);
  const thought = set?.thought;
  if (!thought) return null;
  const k = level === 'card' ? 1 : zoom;
  const head = MARGIN * k;
  const room =
    level === 'cell' ? width - 290 : level === 'chip' ? width : Math.max(HEADS_WIDTH, lineOf(shape).right - MARGIN);
  const pointer = level === 'cell' ? undefined : carriageMiddle(shape, set.workingOn, k);
  return (
    <Unscaled isOn={level !== 'card'}>
      {/* The set's row says the sentence, and a live region speaks it. */}
      <div
        className="thought-place"
        aria-hidden="true"
        style={{ top: level === 'cell' ? 76 : 88 }}
        data-flat={level === 'cell' || undefined}
      >
        <Caption
          key={`${thought.sentence} ${thought.aside ?? ''}`}
          sentence={thought.sentence}
          aside={thought.aside}
          left={head}
          room={room}
          pointer={pointer}
        />
      </div>
    </Unscaled>
  );
});

function carriageMiddle(shape: SetShape, workingOn: readonly number[], k: number): number | undefined {
  const { xs } = lineOf(shape);
  const places = workingOn.flatMap((ordinal) => xs[indexOfOrdinal(shape, ordinal) ?? -1] ?? []);
  if (places.length === 0) return undefined;
  return ((Math.min(...places) + Math.max(...places)) / 2 + SLOT_WIDTH / 2) * k;
}

interface CaptionProps {
  readonly sentence: string;
  readonly aside: string | undefined;
  readonly left: number;
  readonly room: number;
  readonly pointer: number | undefined;
}

/** A name such as web-13 stays on one line. */
const unbroken = (sentence: string): JSX.Element[] =>
  sentence.split(/(?<= )/).map((word, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a word is known by its place
    <span key={i} className={/-\d/.test(word) ? 'thought-name' : undefined}>
      {word}
    </span>
  ));

/** Over the carriage as far as there is room; its pointer is always over it. */
export function Caption({ sentence, aside, left, room, pointer }: CaptionProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => setWidth(box.current?.offsetWidth ?? 0), []);
  const wanted = pointer === undefined ? left : pointer - width / 2;
  const at = Math.round(Math.max(left, Math.min(left + room - width, wanted)));
  const hangsFromHead = at - left < HEADER_WIDTH - 40;
  const isPointing = pointer !== undefined && pointer > at + 14 && pointer < at + width - 14;
  return (
    <div ref={box} className="thought" style={{ maxWidth: room, transform: `translateX(${at}px)` }}>
      <ActionIcon name="sync" size={15} />
      <span className="thought-words">
        {unbroken(sentence)}
        {aside !== undefined && <span className="thought-aside">({aside})</span>}
      </span>
      {hangsFromHead && <span className="thought-link" />}
      {isPointing && <span className="thought-pointer" style={{ left: pointer - at }} />}
    </div>
  );
}
