// A set's thought over the nodes: it points at the node it is about.
import type { NodeProps } from '@xyflow/react';
import { type JSX, memo } from 'react';
import type { CaptionNode } from './nodes-parts.ts';
import { Caption } from './thought.tsx';
import { useFacts } from './use-facts.ts';

/**
 * One set's caption.
 *
 * @param props - from the graph library
 */
export const NodesCaption = memo(function NodesCaption({ data }: NodeProps<CaptionNode>): JSX.Element | null {
  const thought = useFacts('set', data.setId)?.thought;
  if (!thought) return null;
  const about = thought.about === undefined ? undefined : data.pointers.get(thought.about);
  return (
    <div className="thought-place nodes-thought" aria-hidden="true">
      <Caption
        key={`${thought.sentence} ${thought.aside ?? ''}`}
        sentence={thought.sentence}
        aside={thought.aside}
        left={0}
        room={data.room}
        pointer={about}
      />
    </div>
  );
});
