// What the lines and silhouettes of the Nodes view mean.
import type { JSX } from 'react';
import { StateIcon } from '../icons/index.ts';
import './legend.css';

/** The legend of the Nodes view. */
export function NodesLegend(): JSX.Element {
  return (
    <ul className="legend" aria-label="Legend">
      <li>
        <StateIcon state="ready" size={14} />
        Ready
      </li>
      <li>
        <StateIcon state="unknown" size={14} />
        Unknown: node stopped reporting
      </li>
      <li>
        <StateIcon state="absent" size={14} />
        Free
      </li>
      <li>
        <svg className="wires-sample" width="22" height="6" aria-hidden="true">
          <path d="M0 3h22" />
        </svg>
        attached
      </li>
      <li>
        <svg className="wires-sample" width="22" height="6" aria-hidden="true">
          <path d="M0 3h22" data-unsure="" />
        </svg>
        attached, unconfirmed
      </li>
    </ul>
  );
}
