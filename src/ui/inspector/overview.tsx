// What the inspector shows while nothing is selected: the cluster as a whole.
import type { Offer } from '#bridge';
import type { NodeFacts, OtherFacts, SetFacts } from '#scene';
import { act, asFacts, getFacts, openDialog, select } from '#state';
import { useFactIds, useFacts } from '../graph/use-facts.ts';
import { ActionIcon } from '../icons/index.ts';
import { useAnswer } from '../shell/use-answer.ts';
import { useWhy, WhyPanel } from './why-panel.tsx';
import { whyOfThought } from './why-words.ts';
import { Words } from './words.tsx';

/** With more sets than these one looks at the canvas. */
const SETS_MAX = 6;
const NODES_MAX = 12;

/**
 * The cluster: its sets with their thoughts, its nodes, and what only stands there.
 */
export function Overview() {
  const setIds = useFactIds('set');
  const nodeIds = useFactIds('node');
  const otherIds = useFactIds('other');
  const firstSet = useFacts('set', setIds[0]);
  const answer = useWhy(undefined);
  const why = answer ?? (firstSet?.thought && whyOfThought('What is going on?', firstSet.thought));
  const others = otherIds.flatMap((id) => asFacts('other', getFacts(id)) ?? []);
  return (
    <>
      {why && <WhyPanel why={why} />}
      {setIds.length === 0 && !why && (
        <p className="in-note">There is no StatefulSet yet. Apply a manifest, and its slots appear on the canvas.</p>
      )}
      {setIds.slice(0, SETS_MAX).map((id) => (
        <SetLine key={id} id={id} isAlone={setIds.length === 1} />
      ))}
      <section className="in-sec">
        <h3>
          Nodes <span className="in-count num">{nodeIds.length}</span>
          <button type="button" className="btn btn-small" onClick={() => openDialog('cluster')}>
            Set up
          </button>
        </h3>
        <ul className="in-nodes">
          {nodeIds.slice(0, NODES_MAX).map((id) => (
            <NodeLine key={id} id={id} />
          ))}
        </ul>
        {nodeIds.length > NODES_MAX && <p className="dim">and {nodeIds.length - NODES_MAX} more on the Nodes view</p>}
      </section>
      <Others title="Storage classes" list={others.filter(({ kind }) => kind === 'StorageClass')} />
      <Others
        title="Also here"
        list={others.filter(({ kind, isSimulated }) => kind !== 'StorageClass' && isSimulated)}
      />
      <Others title="Kept, not simulated" list={others.filter(({ isSimulated }) => !isSimulated)} />
    </>
  );
}

/** A set in a line. Where there are several, each says what it waits for: the answer above tells of one. */
function SetLine({ id, isAlone }: { id: string; isAlone: boolean }) {
  const set = useFacts('set', id);
  if (!set) return null;
  const { thought } = set;
  return (
    <section className="in-set" aria-label={`StatefulSet ${set.name}`}>
      <button type="button" className="in-set-name" onClick={() => select(id)}>
        <ActionIcon name="set" size={15} />
        <b className="in-set-title">{set.name}</b>
        <span className="num dim">{summaryOf(set)}</span>
      </button>
      {thought && !isAlone && (
        <p className="wy-thought">
          <Words text={thought.sentence} />
        </p>
      )}
    </section>
  );
}

const summaryOf = ({ ready, replicas, updated }: SetFacts): string =>
  `${ready}/${replicas} ready${updated < replicas ? `, ${updated} updated` : ''}`;

function NodeLine({ id }: { id: string }) {
  const node = useFacts('node', id);
  const offers = useAnswer('offers', { id });
  if (!node) return null;
  return (
    <li className="in-node">
      <button type="button" className="in-node-name" onClick={() => select(id)}>
        <b className="in-node-title">{node.name}</b>
        <span className="in-node-words dim">{nodeWords(node)}</span>
      </button>
      {offers?.filter(isQuick).map((offer) => (
        <button
          key={offer.id}
          type="button"
          className="btn btn-line btn-small"
          title={`${offer.command}${offer.risk === undefined ? '' : `\n${offer.risk}`}`}
          aria-label={`${quickWord(offer)} ${node.name}`}
          onClick={() => void act(offer.act, offer.command)}
        >
          {quickWord(offer)}
        </button>
      ))}
    </li>
  );
}

const nodeWords = (node: NodeFacts): string => {
  const state = node.isSilent ? 'silent' : node.isReady ? '' : 'NotReady';
  const cordon = node.isSchedulable ? '' : 'cordoned';
  const count = node.podIds.length;
  return [node.zone, `${count} ${count === 1 ? 'pod' : 'pods'}`, state, cordon]
    .filter((word) => word !== '')
    .join(', ');
};

/** What is wanted often enough to stand in the list: power, and taking pods or not. */
const isQuick = ({ id, act: action }: Offer): boolean =>
  id === 'cordon' || id === 'uncordon' || (action.type === 'fault' && /^node-(down|up)\b/.test(action.fault));

const quickWord = ({ id, act: action }: Offer): string => {
  if (action.type === 'fault') return action.fault === 'node-down' ? 'Power off' : 'Power on';
  return id === 'cordon' ? 'Cordon' : 'Uncordon';
};

function Others({ title, list }: { title: string; list: readonly OtherFacts[] }) {
  if (list.length === 0) return null;
  return (
    <section className="in-sec">
      <h3>
        {title} <span className="in-count num">{list.length}</span>
      </h3>
      <div className="in-labels">
        {list.slice(0, 40).map(({ id, kind, name }) => (
          <button key={id} type="button" className="in-chip" title={id} onClick={() => select(id)}>
            {title === 'Storage classes' ? name : `${kind} ${name}`}
          </button>
        ))}
      </div>
    </section>
  );
}
