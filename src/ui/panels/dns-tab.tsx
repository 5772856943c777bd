// The names of the slots and what the cluster's DNS answers to them at the moment shown.
import { select } from '#state';
import { useFactIds, useFacts } from '../graph/use-facts.ts';
import { Scroller } from '../shell/scroller.tsx';

const ROWS_MAX = 300;

/**
 * The DNS tab.
 */
export function DnsTab() {
  const slotIds = useFactIds('slot');
  const serviceIds = useFactIds('service');
  return (
    <div className="pn">
      <Scroller className="pn-scroll" label="DNS records">
        <table className="pn-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Answer</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {serviceIds.map((id) => (
              <ServiceRow key={id} id={id} />
            ))}
            {slotIds.slice(0, ROWS_MAX).map((id) => (
              <SlotRow key={id} id={id} />
            ))}
          </tbody>
        </table>
        {slotIds.length + serviceIds.length === 0 && <p className="pn-note">No Service, and so no names.</p>}
        {slotIds.length > ROWS_MAX && (
          <p className="pn-note dim">
            The first {ROWS_MAX} of {slotIds.length} slots.
          </p>
        )}
      </Scroller>
    </div>
  );
}

function ServiceRow({ id }: { id: string }) {
  const service = useFacts('service', id);
  if (!service) return null;
  const answer = service.isHeadless ? `${service.records} A records` : `A ${service.clusterIP}`;
  return (
    <tr>
      <td>
        <button type="button" className="pn-name mono" onClick={() => select(id)}>
          {service.name}.{service.namespace}
        </button>
      </td>
      <td className="mono">{service.isHeadless && service.records === 0 ? 'NXDOMAIN' : answer}</td>
      <td className="dim">
        {service.isHeadless ? 'headless: one record for each ready endpoint' : 'one address for all'}
      </td>
    </tr>
  );
}

function SlotRow({ id }: { id: string }) {
  const slot = useFacts('slot', id);
  if (!slot) return null;
  const hasAnswer = slot.dnsAddresses.length > 0;
  return (
    <tr>
      <td>
        <button type="button" className="pn-name mono" onClick={() => select(slot.podId ?? id)}>
          {slot.dnsName ?? slot.name}
        </button>
      </td>
      <td className="mono">{hasAnswer ? slot.dnsAddresses.map((address) => `A ${address}`).join(', ') : 'NXDOMAIN'}</td>
      <td className="dim">
        {slot.dnsReason ?? (slot.isPublishedNotReady ? 'published while not ready' : hasAnswer ? 'ready endpoint' : '')}
      </td>
    </tr>
  );
}
