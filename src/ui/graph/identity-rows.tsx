// The sets where there is no room for a canvas: rails lie down, one row for each ordinal.
import { type JSX, useContext, useEffect, useRef, useState } from 'react';
import type { PodFacts, SlotFacts } from '#scene';
import { asFacts, selection } from '#state';
import { ActionIcon, RevisionTag, StateIcon, stateTone, UidMark } from '../icons/index.ts';
import { CursorContext, type CursorPlace, moveCursor, moveOf, placeId, placeOf, useIsCursor } from './cursor.ts';
import { useFactsStore, useRowDomId } from './graph-side.ts';
import type { SetShape } from './line.ts';
import { slotId } from './shapes.ts';
import { readClaims, useIsSlotSelected, useIsWorkedOn, usePodOf } from './slot-facts.ts';
import { useFacts, useMomentMs } from './use-facts.ts';
import { useIsCalm, useMotionAttributes } from './use-motion.ts';
import { formatCount, momentStepMs, podFraction, podSeconds, podWord, slotSentence } from './words.ts';
import './identity-rows.css';

export interface IdentityRowsProps {
  readonly shapes: readonly SetShape[];
  readonly onSelect: (id: string | undefined) => void;
  readonly onOpen: ((id: string) => void) | undefined;
}

/** A row and the gap under it. */
const ROW = 58;
/** Rows are made a little before they come into sight. */
const AHEAD = 6;

/**
 * All sets as rows that are scrolled.
 *
 * @param props - see there
 */
export function IdentityRows({ shapes, onSelect, onOpen }: IdentityRowsProps): JSX.Element {
  const cursor = useContext(CursorContext);
  const facts = useFactsStore();
  const domId = useRowDomId();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(cursor.getState().id);
  useEffect(() => cursor.subscribe(({ id }) => setActive(id)), [cursor]);
  const objectOf = (id: string) => asFacts('slot', facts.getFacts(id))?.podId ?? id;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const { id } = cursor.getState();
    const move = moveOf(event.key, event.shiftKey);
    if (move) {
      const sideways = move === 'up' ? 'previous' : move === 'down' ? 'next' : move;
      const place = moveCursor(shapes, placeOf(shapes, id), sideways, undefined);
      cursor.setState({ id: place && placeId(place), isShown: true });
      if (place) scrollTo(box.current, place, domId(place.shape.id));
    } else if (event.key === 'Enter' && id !== undefined) {
      onSelect(objectOf(id));
      onOpen?.(objectOf(id));
    } else if (event.key === 'Escape') onSelect(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = (event: React.FocusEvent) => {
    if (event.target !== event.currentTarget) return;
    const place =
      placeOf(shapes, cursor.getState().id) ??
      placeOf(shapes, selection.getState().selectedId) ??
      moveCursor(shapes, undefined, 'next', undefined);
    cursor.setState({ id: place && placeId(place), isShown: event.currentTarget.matches(':focus-visible') });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows hold drawings, not data
    <div
      ref={box}
      className="rows"
      role="grid"
      tabIndex={0}
      aria-label="Slots"
      aria-rowcount={shapes.reduce((sum, { ordinals }) => sum + ordinals.length + 1, 0)}
      aria-activedescendant={active === undefined ? undefined : domId(active)}
      data-graph-grid=""
      {...useMotionAttributes()}
      onScroll={(event) => setTop(Math.floor(event.currentTarget.scrollTop / ROW) * ROW)}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={() => cursor.setState({ isShown: false })}
      onClick={(event) => {
        const id =
          event.target instanceof Element
            ? event.target.closest<HTMLElement>('[data-select]')?.dataset.select
            : undefined;
        onSelect(id === undefined ? undefined : objectOf(id));
      }}
    >
      {shapes.map((shape) => (
        <SetRows key={shape.id} shape={shape} scrollTop={top} />
      ))}
    </div>
  );
}

function scrollTo(box: HTMLElement | null, place: CursorPlace, headId: string): void {
  const list = box?.querySelector<HTMLElement>(`#${CSS.escape(`${headId}-list`)}`);
  if (!box || !list) return;
  const at = list.offsetTop + (place.index ?? -1) * ROW;
  if (at < box.scrollTop) box.scrollTop = Math.max(0, at - 8);
  else if (at + ROW > box.scrollTop + box.clientHeight) box.scrollTop = at + ROW - box.clientHeight;
}

function SetRows({ shape, scrollTop }: { shape: SetShape; scrollTop: number }) {
  const domId = useRowDomId();
  const set = useFacts('set', shape.id);
  const list = useRef<HTMLDivElement>(null);
  const isCursor = useIsCursor(shape.id);
  const [range, setRange] = useState({ from: 0, to: 20 });
  useEffect(() => {
    const box = list.current?.closest('.rows');
    if (!list.current || !box) return;
    const from = Math.max(0, Math.floor((scrollTop - list.current.offsetTop) / ROW) - AHEAD);
    const to = from + Math.ceil(box.clientHeight / ROW) + 2 * AHEAD;
    setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, [scrollTop]);
  if (!set) return null;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a row of the grid, which has the focus */}
      <div
        className="rows-head"
        role="row"
        id={domId(shape.id)}
        data-select={shape.id}
        data-cursor={isCursor || undefined}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
        <div className="rows-head-cell" role="gridcell">
          <ActionIcon name="set" size={16} />
          <b>{set.name}</b>
          <span>
            {formatCount(set.ready)} of {formatCount(set.replicas)} ready
          </span>
          <span className="sp" />
          {set.updateRevision && <RevisionTag revision={set.updateRevision} />}
        </div>
      </div>
      {set.thought && (
        <div className="rows-say" aria-hidden="true">
          <ActionIcon name="sync" size={16} />
          <span>{set.thought.sentence}</span>
        </div>
      )}
      <div
        ref={list}
        id={`${domId(shape.id)}-list`}
        className="rows-list"
        style={{ height: Math.max(0, shape.ordinals.length * ROW - 6) }}
      >
        {shape.ordinals.slice(range.from, range.to).map((ordinal, i) => (
          <Row key={ordinal} shape={shape} ordinal={ordinal} index={range.from + i} />
        ))}
      </div>
    </>
  );
}

function Row({ shape, ordinal, index }: { shape: SetShape; ordinal: number; index: number }) {
  const id = slotId(shape, ordinal);
  const facts = useFactsStore();
  const domId = useRowDomId();
  const slot = useFacts('slot', id);
  const pod = usePodOf(slot);
  const isSelected = useIsSlotSelected(slot);
  const isCursor = useIsCursor(id);
  const isWorkedOn = useIsWorkedOn(shape.id, ordinal);
  const secondMs = useMomentMs(pod?.state === 'terminating' ? 1000 : undefined);
  if (!slot) return null;
  const disc = isWorkedOn ? 'row-disc-now' : discLook(slot, pod);
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds drawings, not data
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div
      className="row"
      role="row"
      id={domId(id)}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-label={slotSentence(slot, pod, readClaims(facts, slot), secondMs)}
      style={{ top: index * ROW }}
      data-select={slot.podId ?? slot.id}
      data-outside={!slot.isInRange || undefined}
      data-now={isWorkedOn || undefined}
      data-selected={isSelected || undefined}
      data-cursor={isCursor || undefined}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
      <span className={`row-disc ${disc}`} role="gridcell">
        {ordinal}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
      <span className="row-hole" role="gridcell">
        {pod ? <RowPod pod={pod} slot={slot} /> : <EmptyHole slot={slot} />}
      </span>
      <RowVolume slot={slot} hasPod={pod !== undefined} />
    </div>
  );
}

function discLook(slot: SlotFacts, pod: PodFacts | undefined): string {
  if (!slot.isInRange) return 'row-disc-outside';
  if (!pod?.revision) return '';
  return `rev-${pod.revision.look}${pod.isUpdated ? ' row-disc-updated' : ''}`;
}

function RowPod({ pod, slot }: { pod: PodFacts; slot: SlotFacts }) {
  const isCalm = useIsCalm();
  const atMs = useMomentMs(momentStepMs(pod, isCalm));
  const fraction = podFraction(pod, atMs);
  const seconds = podSeconds(pod, atMs);
  const address = slot.dnsAddresses[0];
  return (
    <span
      className={`row-pod ${pod.revision ? `rev-${pod.revision.look}` : ''}`}
      data-state={pod.state}
      data-pod-uid={pod.uid}
    >
      <span className="row-icon">
        <StateIcon
          state={pod.state}
          size={pod.state === 'terminating' ? 34 : 22}
          {...(fraction === undefined ? {} : { fraction })}
          {...(seconds === undefined ? {} : { seconds })}
        />
      </span>
      <span className="row-words">
        <b className={`tone-${stateTone(pod.state)}`}>{podWord(pod, atMs)}</b>
        <i>{address === undefined ? 'no A record' : `A ${address}`}</i>
      </span>
      {pod.revision && <span className="row-rev">rev {pod.revision.number}</span>}
    </span>
  );
}

function EmptyHole({ slot }: { slot: SlotFacts }) {
  return (
    <span className="row-empty">
      <StateIcon state="absent" size={20} />
      {slot.claimIds.length > 0 ? 'no pod, volume kept' : 'no pod'}
    </span>
  );
}

function RowVolume({ slot, hasPod }: { slot: SlotFacts; hasPod: boolean }) {
  const claim = useFacts('claim', slot.claimIds[0]);
  if (!claim) return <span className="row-volume" />;
  const dashed = claim.volumeName === undefined ? ' cyl-dashed' : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: it holds drawings, not data
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <span
      className="row-volume"
      role="gridcell"
      data-select={claim.id}
      aria-label={`claim ${claim.name}, ${claim.phase}`}
    >
      <span className="row-plug" data-open={!hasPod || undefined} />
      <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">
        <path className={`cyl-body${dashed}`} d="M1.5 8v24c0 3.2 8.3 6 18.5 6s18.5-2.8 18.5-6V8" />
        <ellipse className={`cyl-lid${dashed}`} cx="20" cy="8" rx="18.5" ry="6" />
      </svg>
      {claim.volumeUid !== undefined && <UidMark uid={claim.volumeUid} />}
    </span>
  );
}
