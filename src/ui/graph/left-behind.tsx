// Where no set is: the pods and claims that stand all the same, such as those that a deleted set has left behind.
import type { JSX } from 'react';
import type { ClaimFacts } from '#scene';
import { StateIcon, VolumeCylinder } from '../icons/index.ts';
import { useFactIds, useFacts, useIsSelected, useMomentMs } from './use-facts.ts';
import { claimWord, podWord } from './words.ts';
import './left-behind.css';

/** More are found by name, in the terminal. */
const SHOWN_MAX = 60;

/**
 * The pods and claims of a cluster without sets.
 *
 * @param props - what to do when one is chosen
 */
export function LeftBehind({ onSelect }: { readonly onSelect: (id: string) => void }): JSX.Element {
  const podIds = useFactIds('pod');
  const claimIds = useFactIds('claim');
  return (
    <section className="left-behind" aria-label="Pods and claims without a set">
      <h2>No StatefulSet is here. These stand without one:</h2>
      {podIds.length > 0 && (
        <ul aria-label="Pods">
          {podIds.slice(0, SHOWN_MAX).map((id) => (
            <PodLine key={id} id={id} onSelect={onSelect} />
          ))}
        </ul>
      )}
      {claimIds.length > 0 && (
        <ul aria-label="Claims">
          {claimIds.slice(0, SHOWN_MAX).map((id) => (
            <ClaimLine key={id} id={id} onSelect={onSelect} />
          ))}
        </ul>
      )}
      <More count={podIds.length - SHOWN_MAX} what="pods" />
      <More count={claimIds.length - SHOWN_MAX} what="claims" />
    </section>
  );
}

const More = ({ count, what }: { count: number; what: string }): JSX.Element | null =>
  count > 0 ? (
    <p>
      and {count} more {what}
    </p>
  ) : null;

interface LineProps {
  readonly id: string;
  readonly onSelect: (id: string) => void;
}

function PodLine({ id, onSelect }: LineProps): JSX.Element | null {
  const pod = useFacts('pod', id);
  const isSelected = useIsSelected(id);
  const atMs = useMomentMs(1000);
  if (!pod) return null;
  return (
    <li>
      <button type="button" aria-pressed={isSelected} onClick={() => onSelect(id)}>
        <StateIcon state={pod.state} size={24} />
        <span>
          <b className="mono">{pod.name}</b>
          <span className="dim">
            {podWord(pod, atMs)}
            {pod.nodeName === undefined ? '' : ` on ${pod.nodeName}`}
          </span>
        </span>
      </button>
    </li>
  );
}

function ClaimLine({ id, onSelect }: LineProps): JSX.Element | null {
  const claim = useFacts('claim', id);
  const isSelected = useIsSelected(id);
  if (!claim) return null;
  return (
    <li>
      <button type="button" aria-pressed={isSelected} onClick={() => onSelect(id)}>
        <Cylinder claim={claim} />
        <span>
          <b className="mono">{claim.name}</b>
          <span className="dim">{claimWord(claim)}</span>
        </span>
      </button>
    </li>
  );
}

const Cylinder = ({ claim: { volumeName, volumeUid, capacity } }: { claim: ClaimFacts }): JSX.Element => (
  <VolumeCylinder
    {...(volumeName !== undefined && { name: volumeName })}
    {...(volumeUid !== undefined && { uid: volumeUid })}
    {...(capacity !== undefined && { capacity })}
  />
);
