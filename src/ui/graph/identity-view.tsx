// The Identity view: every set with its ordinals, names, pods and claims. On a canvas where there is room, as rows where
// there is not.
import { ReactFlowProvider } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type JSX, useMemo, useState } from 'react';
import { CursorContext, newCursorStore } from './cursor.ts';
import { IdentityFlow } from './identity-flow.tsx';
import { LateEmptyIdentity, LateIdentityRows, LateThoughtAnnouncer } from './late-parts.tsx';
import type { Size } from './layout.ts';
import { GraphActionsContext } from './node-parts.ts';
import { useSetShapes } from './shapes.ts';
import { useSize } from './use-size.ts';
import './identity-view.css';

export interface IdentityViewProps {
  /** An object was chosen, or nothing: the empty canvas, or Esc. */
  readonly onSelect: (id: string | undefined) => void;
  /** Enter or a double click: show what there is to know of it. */
  readonly onOpen?: (id: string) => void;
  /** The handle on `replicas` was let go elsewhere. */
  readonly onScale?: (setId: string, replicas: number) => void;
  /** The handle on `partition` was let go elsewhere. */
  readonly onPartition?: (setId: string, partition: number) => void;
}

/** Under this width, or this height, rails lie down. */
const NARROW_PX = 640;
const LOW_PX = 240;

const isSmall = ({ width, height }: Size): boolean => width < NARROW_PX || height < LOW_PX;

/**
 * The sets of the cluster at the moment shown. It fills its parent.
 *
 * @param props - what to do when something is chosen or changed
 */
export function IdentityView({ onSelect, onOpen, onScale, onPartition }: IdentityViewProps): JSX.Element {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const size = useSize(element);
  const shapes = useSetShapes();
  const [cursor] = useState(newCursorStore);
  const actions = useMemo(() => ({ onScale, onPartition }), [onScale, onPartition]);
  return (
    <CursorContext value={cursor}>
      <GraphActionsContext value={actions}>
        <div ref={setElement} className="identity-view">
          <LateThoughtAnnouncer />
          {size && shapes.length === 0 && <LateEmptyIdentity onSelect={onSelect} />}
          {size && shapes.length > 0 && isSmall(size) && (
            <LateIdentityRows shapes={shapes} onSelect={onSelect} onOpen={onOpen} />
          )}
          {size && shapes.length > 0 && !isSmall(size) && (
            <ReactFlowProvider>
              <IdentityFlow shapes={shapes} size={size} onSelect={onSelect} onOpen={onOpen} />
            </ReactFlowProvider>
          )}
        </div>
      </GraphActionsContext>
    </CursorContext>
  );
}
