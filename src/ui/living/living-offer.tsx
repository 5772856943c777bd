// In the editor: a text that was printed by kubectl get is a cluster, and may be opened as one.
import { type JSX, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { editor, isLivingCluster, notify, openDialog, openLivingCluster } from '#state';
import './living.css';

/** What kubectl prints of a pod with its status is longer. */
const LENGTH_MIN = 1_000;

/** The offer, while the open file is such a text. */
export function LivingOffer(): JSX.Element | null {
  const text = useStore(editor, ({ files, fileName, checkedText }) =>
    checkedText !== undefined && checkedText === files[fileName] ? checkedText : '',
  );
  const [living, setLiving] = useState('');
  useEffect(() => {
    let isPast = false;
    if (text.length >= LENGTH_MIN)
      void isLivingCluster(text).then((is) => {
        if (!isPast) setLiving(is ? text : '');
      });
    return () => {
      isPast = true;
    };
  }, [text]);
  if (text === '' || living !== text) return null;
  const open = async (): Promise<void> => {
    const problem = await openLivingCluster(text);
    if (problem) notify({ tone: 'problem', text: `Line ${problem.from.line}: ${problem.message}` });
    else openDialog('living');
  };
  return (
    <div className="lc-offer" role="status">
      <span>These are objects of a living cluster, with their state.</span>
      <button type="button" className="btn btn-small btn-line" onClick={() => void open()}>
        Open as the cluster
      </button>
    </div>
  );
}
