// What can be done to the selected object: each button stands for a command, which is shown and can be copied.
import { useState } from 'react';
import type { Offer, Requests } from '#bridge';
import { act, kubectl, notify } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { copyText } from '../shell/copy-text.ts';
import { imageCommand, scaleCommand } from '../shell/set-commands.ts';
import type { ContainerImage } from './containers.ts';

/**
 * The acts of an object.
 *
 * @param props - what is offered at the moment shown
 * @returns buttons with their commands; nothing where nothing is offered
 */
export function Offers({ offers }: { offers: Requests['offers']['answer'] | undefined }) {
  if (!offers) return null;
  const commands = offers.filter((offer) => offer.act.type === 'kubectl');
  const faults = offers.filter((offer) => offer.act.type === 'fault');
  return (
    <>
      <OfferGroup title="Acts" offers={commands} />
      <OfferGroup title="Faults" offers={faults} />
    </>
  );
}

function OfferGroup({ title, offers }: { title: string; offers: readonly Offer[] }) {
  if (offers.length === 0) return null;
  const sorted = [...offers].sort((a, b) => Number(a.isDestructive) - Number(b.isDestructive));
  return (
    <section className="in-sec" aria-label={title}>
      <h3>{title}</h3>
      <ul className="in-offers">
        {sorted.map((offer) => (
          <OfferLine key={offer.id} offer={offer} />
        ))}
      </ul>
    </section>
  );
}

/**
 * One thing that can be done: a button with the command it stands for.
 *
 * @param props - the act, in words and as it is done
 * @returns a list item
 */
export function OfferLine({ offer }: { offer: Omit<Offer, 'id' | 'isDestructive'> }) {
  const { label, command, risk, act: action } = offer;
  return (
    <li className="in-offer">
      <button type="button" className="in-offer-run" title={risk ?? command} onClick={() => void act(action, command)}>
        <span>{label}</span>
        <span className="mono in-command">{command}</span>
        {risk !== undefined && (
          <span className="in-risk">
            <ActionIcon name="warning" size={13} />
            <span>{risk}</span>
          </span>
        )}
      </button>
      <CopyButton text={command} label={`Copy the command: ${label}`} />
    </li>
  );
}

/**
 * Copies a text.
 *
 * @param props - the text, and what the button is called
 * @returns a small button
 */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const copy = async () => {
    const isCopied = await copyText(text);
    notify(
      isCopied ? { tone: 'info', text: 'Copied.' } : { tone: 'problem', text: 'The browser did not let it be copied.' },
    );
  };
  return (
    <button type="button" className="btn btn-icon in-copy" aria-label={label} title={label} onClick={() => void copy()}>
      <svg
        width="13"
        height="13"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <path d="M10.5 5.5v-1A1.5 1.5 0 0 0 9 3H4.5A1.5 1.5 0 0 0 3 4.5V9a1.5 1.5 0 0 0 1.5 1.5h1" />
        <rect x="5.5" y="5.5" width="7.5" height="7.5" rx="1.5" />
      </svg>
    </button>
  );
}

/**
 * Sets a number of replicas by hand.
 *
 * @param props - the set
 * @returns a field and its command
 */
export function ScaleForm({ name, namespace, replicas }: { name: string; namespace: string; replicas: number }) {
  const [wanted, setWanted] = useState<string>();
  const value = wanted ?? String(replicas);
  const command = scaleCommand({ name, namespace }, value);
  return (
    <form
      className="in-form"
      onSubmit={(event) => {
        event.preventDefault();
        void kubectl(command);
        setWanted(undefined);
      }}
    >
      <label>
        <span className="in-form-name">replicas</span>
        <input
          type="text"
          inputMode="numeric"
          pattern="[0-9]+"
          autoComplete="off"
          required
          value={value}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
            if (by === 0 || !/^\d+$/.test(value)) return;
            event.preventDefault();
            setWanted(String(Math.max(0, Number(value) + by)));
          }}
        />
      </label>
      <button type="submit" className="btn btn-line btn-small">
        Scale
      </button>
      <span className="mono in-command">kubectl {command}</span>
    </form>
  );
}

/**
 * Sets the image of a container by hand.
 *
 * @param props - the set and its containers
 * @returns a field and its command
 */
export function ImageForm({
  name,
  namespace,
  containers,
}: {
  name: string;
  namespace: string;
  containers: readonly ContainerImage[];
}) {
  const [chosen, setChosen] = useState<string>();
  const [image, setImage] = useState<string>();
  const container = containers.find((one) => one.name === chosen) ?? containers[0];
  if (!container) return null;
  const value = image ?? container.image;
  const command = imageCommand({ name, namespace }, container.name, value.trim());
  return (
    <form
      className="in-form"
      onSubmit={(event) => {
        event.preventDefault();
        void kubectl(command);
        setImage(undefined);
      }}
    >
      <label className="in-form-wide">
        <span className="in-form-name">image</span>
        {containers.length > 1 && (
          <select aria-label="Container" value={container.name} onChange={(event) => setChosen(event.target.value)}>
            {containers.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        )}
        <input
          type="text"
          className="mono"
          required
          pattern="\S+"
          spellCheck={false}
          value={value}
          onChange={(event) => setImage(event.target.value)}
        />
      </label>
      <button type="submit" className="btn btn-line btn-small">
        Set
      </button>
      <span className="mono in-command">kubectl {command}</span>
    </form>
  );
}
