// What the cluster's DNS answers at the moment shown: every record, the names without one, and one question at a time.
import { Fragment, useState } from 'react';
import { useStore } from 'zustand';
import type { DnsRow, DnsService, DnsSilence } from '#bridge';
import { getFacts, select, selection } from '#state';
import { nameOfId } from '../inspector/use-selected.ts';
import { Scroller } from '../shell/scroller.tsx';
import { useAnswer } from '../shell/use-answer.ts';
import { withKeys } from '../shell/with-keys.ts';
import { LookUp } from './look-up.tsx';
import { usePanelFilter } from './panel-filters.ts';
import { hasText, newDnsFilter } from './panel-rows.ts';
import { MoreRows, PanelTools } from './panel-tools.tsx';
import './panels.css';

const ROWS_STEP = 200;

/** A row: a record, or a name without one. */
type Row = { readonly record: DnsRow } | { readonly silence: DnsSilence };

/**
 * The DNS tab.
 */
export function DnsTab() {
  const selectedId = useStore(selection, (state) => state.selectedId);
  const [{ typed, isHeld }, change] = usePanelFilter('dns');
  const [rowsMax, setRowsMax] = useState(ROWS_STEP);
  const table = useAnswer('dns', {});
  const isOnlySelected = isHeld && selectedId !== undefined;
  const isOf = isOnlySelected ? newDnsFilter(selectedId, getFacts) : () => true;
  // Headless ones come first: they are what sets are about.
  const services = (table?.services ?? []).toSorted((a, b) => Number(b.isHeadless) - Number(a.isHeadless));
  const groups = services.map((service) => ({
    service,
    rows: rowsOf(service).filter(
      (row) => isOf(contentOf(row).about, service.id) && (typed.trim() === '' || hasText(textOf(row), typed)),
    ),
  }));
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const isFiltered = isOnlySelected || typed.trim() !== '';
  let left = rowsMax;
  return (
    <div className="pn pn-dns">
      <div className="pn-main">
        <PanelTools
          typed={typed}
          onType={(text) => change({ typed: text })}
          selectedId={selectedId}
          isHeld={isOnlySelected}
          onHold={(held) => change({ isHeld: held })}
        />
        <Scroller className="pn-scroll" label="DNS records">
          <table className="pn-table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Type</th>
                <th scope="col">Answer</th>
                <th scope="col">From</th>
              </tr>
            </thead>
            {groups.map(({ service, rows }) => {
              const shown = rows.slice(0, Math.max(0, left));
              left -= shown.length;
              if (shown.length === 0 && (isFiltered || left <= 0)) return null;
              return <ServiceRows key={service.id} service={service} rows={shown} />;
            })}
          </table>
          {table && total === 0 && (isFiltered || services.length === 0) && (
            <p className="pn-note">{isFiltered ? 'No record is like this.' : 'No Service, and so no names.'}</p>
          )}
          <MoreRows shown={Math.min(rowsMax, total)} total={total} onMore={() => setRowsMax(rowsMax + ROWS_STEP)} />
          {table?.isCut && <p className="pn-note dim">There are {table.total} records: not all are listed.</p>}
        </Scroller>
      </div>
      <LookUp suggestedName={suggestionOf(services)} />
    </div>
  );
}

const rowsOf = ({ records, silent }: DnsService): Row[] => [
  ...records.map((record) => ({ record })),
  ...silent.map((silence) => ({ silence })),
];

const contentOf = (row: Row): DnsRow | DnsSilence => ('record' in row ? row.record : row.silence);

const textOf = (row: Row): string =>
  'record' in row
    ? `${row.record.name} ${row.record.type} ${row.record.data}`
    : `${row.silence.name} no answer NXDOMAIN ${row.silence.sentence}`;

/** A name worth asking for: the short one of the first pod that a headless Service knows, or should. */
function suggestionOf(services: readonly DnsService[]): string {
  for (const { isHeadless, domain, name, records, silent } of services) {
    const full =
      isHeadless && [...records, ...silent].find((row) => row.name.endsWith(`.${domain}`) && !row.name.startsWith('_'));
    if (full) return `${full.name.slice(0, -domain.length)}${name}`;
  }
  return services[0]?.name ?? '';
}

/** A Service and what is told of it. */
function ServiceRows({ service, rows }: { service: DnsService; rows: readonly Row[] }) {
  const { id, name, domain, isThere, isHeadless, sentence, rule } = service;
  const kind = isThere ? (isHeadless ? 'headless Service' : 'Service') : 'no such Service';
  return (
    <tbody>
      <tr className="pn-group">
        <th scope="rowgroup" className="pn-group-head" colSpan={4}>
          {isThere ? (
            <button type="button" className="pn-name mono" title={domain} onClick={() => select(id)}>
              {name}
            </button>
          ) : (
            <span className="mono">{name}</span>
          )}{' '}
          <span className="dim">{kind}</span>
          <span className="pn-sentence" title={`${rule.id} ${rule.title}`}>
            {sentence}
          </span>
        </th>
      </tr>
      {withKeys(rows, (row) => `${textOf(row)}`).map(({ key, item }) =>
        'record' in item ? (
          <RecordRow key={key} record={item.record} />
        ) : (
          <SilenceRow key={key} silence={item.silence} />
        ),
      )}
    </tbody>
  );
}

function RecordRow({ record: { name, type, data, about } }: { record: DnsRow }) {
  return (
    <tr>
      <td className="mono">
        <Dotted text={name} />
      </td>
      <td>{type}</td>
      <td className="mono">
        <Dotted text={data} />
      </td>
      <td>
        <From id={about} />
      </td>
    </tr>
  );
}

function SilenceRow({ silence: { name, about, sentence, rule } }: { silence: DnsSilence }) {
  return (
    <tr className="pn-silent">
      <td className="mono">
        <Dotted text={name} />
      </td>
      <td>none</td>
      <td className="pn-why" title={`${rule.id} ${rule.title}`}>
        <b>no answer</b> {sentence}
      </td>
      <td>
        <From id={about} />
      </td>
    </tr>
  );
}

/** A long name breaks behind its dots, if it has to. */
function Dotted({ text }: { text: string }) {
  return text.split('.').map((label, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: labels have no other name than their place
    <Fragment key={i}>
      {i > 0 && (
        <>
          .<wbr />
        </>
      )}
      {label}
    </Fragment>
  ));
}

function From({ id }: { id: string }) {
  return (
    <button type="button" className="pn-name mono" onClick={() => select(id)}>
      {nameOfId(id)}
    </button>
  );
}
