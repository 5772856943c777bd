// Says that a link's replay is not what its maker saw.
import { useStore } from 'zustand';
import { session } from '#state';
import { ActionIcon } from '../icons/index.ts';

/**
 * The banner under the top bar.
 *
 * @returns nothing where the replay is faithful
 */
export function Banner() {
  const isFaithful = useStore(session, (state) => state.isFaithful);
  if (isFaithful) return null;
  return (
    <div className="sh-banner" role="status">
      <ActionIcon name="warning" size={15} />
      <span>
        This replay is not what the maker of the link saw: its fingerprint differs. The link was made by another version
        of this page, or changed on the way.
      </span>
      <button type="button" className="btn btn-line btn-small" onClick={() => session.setState({ isFaithful: true })}>
        Close
      </button>
    </div>
  );
}
