// The heads of a set: the StatefulSet with its counts, and the Service that governs its names.
import type { NodeProps } from '@xyflow/react';
import { type JSX, memo } from 'react';
import type { SetFacts } from '#scene';
import { ActionIcon, RevisionTag } from '../icons/index.ts';
import { Clipped } from './clipped.tsx';
import { useIsCursor } from './cursor.ts';
import { useRowDomId } from './graph-side.ts';
import { HEADER_WIDTH, SERVICE_WIDTH, SERVICE_X, Y } from './layout.ts';
import { MARGIN } from './line.ts';
import type { ServiceNode, SetNode } from './node-parts.ts';
import { Unscaled } from './unscaled.tsx';
import { useFacts, useIsSelected } from './use-facts.ts';
import { formatCount } from './words.ts';
import './heads.css';

/** Past so many replicas the counts leave out what they are a count of. */
const SHORT_COUNT_MAX = 9;
const LONG_COUNT_MAX = 99;

/**
 * The head of a set.
 *
 * @param props - from the graph library
 */
export const SetHead = memo(function SetHead({ data }: NodeProps<SetNode>): JSX.Element | null {
  const { shape, level, width } = data;
  const domId = useRowDomId();
  const set = useFacts('set', shape.id);
  const isSelected = useIsSelected(shape.id);
  const isCursor = useIsCursor(shape.id);
  if (!set) return null;
  return (
    <Unscaled isOn={level !== 'card'}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a row of the canvas' grid, which has the focus */}
      <div
        className={level === 'cell' ? 'head head-flat' : 'head'}
        role="row"
        id={domId(shape.id)}
        aria-rowindex={data.row}
        aria-label={setSentence(set)}
        aria-selected={isSelected}
        style={level === 'cell' ? { width, top: 12 } : { width: HEADER_WIDTH, top: level === 'card' ? 0 : Y.header }}
        data-select={shape.id}
        data-selected={isSelected || undefined}
        data-cursor={isCursor || undefined}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
        <div className="head-cell" role="gridcell">
          <div className="head-who">
            <span className="head-kind">
              <ActionIcon name="set" size={15} />
              StatefulSet
            </span>
            <span className="head-name">
              <Clipped text={set.name} tail={4} width={level === 'cell' ? 220 : 96} size={16} />
            </span>
            {(level === 'cell' || set.isTerminating) && (
              <span className="head-aside">{set.isTerminating ? 'being deleted' : set.podManagementPolicy}</span>
            )}
          </div>
          {level === 'cell' ? <FlatCounts set={set} /> : <Counts set={set} />}
        </div>
      </div>
    </Unscaled>
  );
});

function Counts({ set }: { set: SetFacts }) {
  const of = set.replicas > SHORT_COUNT_MAX ? undefined : set.replicas;
  return (
    <>
      <div className="head-counts">
        <Count label="replicas" count={set.total} of={set.replicas > LONG_COUNT_MAX ? undefined : set.replicas} />
        <Count label="ready" count={set.ready} of={of} />
        <Count label="updated" count={set.updated} of={of} />
      </div>
      <div className="head-revisions">
        <span>currentRevision</span>
        {set.currentRevision ? <RevisionTag revision={set.currentRevision} /> : <span>none</span>}
        <span>updateRevision</span>
        {set.updateRevision ? <RevisionTag revision={set.updateRevision} /> : <span>none</span>}
      </div>
    </>
  );
}

function FlatCounts({ set }: { set: SetFacts }) {
  const isUpdating = set.updateRevision && set.currentRevision && set.updateRevision.name !== set.currentRevision.name;
  return (
    <>
      <span className="sp" />
      <div className="head-counts">
        <Count label="replicas" count={set.replicas} />
        <Count label="ready" count={set.ready} />
        <Count label="unavailable" count={Math.max(0, set.replicas - set.available)} />
        <Count label="updated" count={set.updated} />
      </div>
      <div className="head-revisions">
        {set.currentRevision && <RevisionTag revision={set.currentRevision} />}
        {isUpdating && set.updateRevision && (
          <>
            <ActionIcon name="chevron-right" size={13} />
            <RevisionTag revision={set.updateRevision} />
          </>
        )}
      </div>
    </>
  );
}

function Count({ label, count, of }: { label: string; count: number; of?: number | undefined }) {
  return (
    <div className="head-count">
      <span className="head-label">{label}</span>
      <b>
        {formatCount(count)}
        {of !== undefined && <small> / {formatCount(of)}</small>}
      </b>
    </div>
  );
}

function setSentence(set: SetFacts): string {
  const revision = set.updateRevision ? `, update revision ${set.updateRevision.number}` : '';
  const thought = set.thought ? `. ${set.thought.sentence}` : '';
  return `StatefulSet ${set.name}, ${set.total} of ${set.replicas} replicas, ${set.ready} ready, ${set.updated} updated${revision}${thought}`;
}

/**
 * The Service of a set, or that there is none of its name.
 *
 * @param props - from the graph library
 */
export const ServiceHead = memo(function ServiceHead({ data }: NodeProps<ServiceNode>): JSX.Element | null {
  const { shape, level } = data;
  const set = useFacts('set', shape.id);
  const service = useFacts('service', shape.serviceId);
  const isSelected = useIsSelected(shape.serviceId);
  const place = level === 'card' ? { top: 0 } : { top: Y.header, left: SERVICE_X - MARGIN };
  const kind = service ? (service.isHeadless ? 'Headless Service' : 'Service') : 'No such Service';
  const sentence = service
    ? `${kind} ${service.name}, ${service.records} A records`
    : `${kind}: ${shape.serviceName}. ${set?.serviceProblem ?? ''}`;
  return (
    <Unscaled isOn={level !== 'card'}>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a row of the canvas' grid, which has the focus */}
      <div
        className={service ? 'head' : 'head head-missing'}
        role="row"
        aria-label={sentence}
        aria-selected={isSelected}
        style={{ width: SERVICE_WIDTH, ...place }}
        data-select={shape.serviceId ?? shape.id}
        data-selected={isSelected || undefined}
        title={set?.serviceProblem}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
        <div className="head-cell" role="gridcell">
          <div className="head-who">
            <span className="head-kind">
              <ActionIcon name={service ? 'service' : 'warning'} size={15} />
              {kind}
            </span>
            <span className="head-name">
              <Clipped text={service?.name ?? shape.serviceName} tail={4} width={service ? 110 : 196} size={16} />
            </span>
          </div>
          {service && (
            <div className="head-counts head-counts-last">
              <Count label="A records" count={service.records} />
            </div>
          )}
        </div>
      </div>
    </Unscaled>
  );
});
