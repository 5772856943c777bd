// The gallery: manifests to begin with, traps that beginners meet, and sets as people run them.
import { type JSX, type KeyboardEvent, use, useEffect, useMemo, useRef, useState } from 'react';
import { parseManifest } from '#manifest';
import { closeDialog, editor, type GalleryEntry, loadGallery } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { Scroller } from '../shell/scroller.tsx';
import './gallery.css';

type Gallery = Awaited<ReturnType<typeof loadGallery>>;

/** On its way as soon as the dialog is. */
const loaded = loadGallery();

const groupsOf = ({ BASICS, GALLERY }: Gallery): readonly { title: string; entries: readonly GalleryEntry[] }[] => [
  { title: 'To begin with', entries: BASICS },
  { title: 'Sets as people run them', entries: GALLERY.filter(({ group }) => group === 'set') },
  { title: 'Traps that beginners meet', entries: GALLERY.filter(({ group }) => group === 'tutorial') },
];

/** What a manifest holds, as its badges tell it. */
interface Content {
  readonly text: string;
  readonly kinds: readonly string[];
  readonly replicas: number | undefined;
}

/** The dialog; open as long as it is on the page. */
export function GalleryDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const gallery = use(loaded);
  const groups = useMemo(() => groupsOf(gallery), [gallery]);
  const [chosen, setChosen] = useState<GalleryEntry | undefined>(groups[0]?.entries[0]);
  // On a phone the list and the entry have the whole dialog each.
  const [isEntryShown, setEntryShown] = useState(false);
  const contents = useContents(groups);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('.ga-entry[aria-current]')?.focus();
  }, []);
  const choose = (entry: GalleryEntry) => {
    setChosen(entry);
    setEntryShown(true);
    // Where the list gives way, the focus would be nowhere; elsewhere this button is not there to take it.
    requestAnimationFrame(() => dialog.current?.querySelector<HTMLElement>('.ga-back')?.focus());
  };
  const back = () => {
    setEntryShown(false);
    requestAnimationFrame(() => dialog.current?.querySelector<HTMLElement>('.ga-entry[aria-current]')?.focus());
  };
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className="ga"
      aria-labelledby="gallery-title"
      data-entry={isEntryShown || undefined}
      onClose={() => closeDialog('gallery')}
      onClick={(event) => event.target === dialog.current && close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="ga-head">
        {isEntryShown && (
          <button type="button" className="btn btn-icon ga-back" aria-label="Back to the list" onClick={back}>
            <ActionIcon name="chevron-left" size={16} />
          </button>
        )}
        <h2 id="gallery-title">Gallery</h2>
        <span className="sp" />
        <button type="button" className="btn btn-icon" aria-label="Close" onClick={close}>
          <ActionIcon name="close" size={16} />
        </button>
      </div>
      <div className="ga-body">
        <nav className="ga-list" aria-label="Manifests" onKeyDown={moveFocus}>
          {groups.map(({ title, entries }) => (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {entries.map((entry) => (
                  <li key={entry.id}>
                    <button
                      type="button"
                      className="ga-entry"
                      aria-current={entry === chosen || undefined}
                      onFocus={() => setChosen(entry)}
                      onClick={() => choose(entry)}
                    >
                      <b>{entry.title}</b>
                      <span>{entry.about}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
        {chosen && <Entry gallery={gallery} entry={chosen} content={contents[chosen.id]} onDone={close} />}
      </div>
    </dialog>
  );
}

function Entry({
  gallery,
  entry,
  content,
  onDone,
}: {
  gallery: Gallery;
  entry: GalleryEntry;
  content: Content | undefined;
  onDone: () => void;
}) {
  const isOpen = content !== undefined && editor.getState().files[entry.fileName] === content.text;
  const open = async () => {
    if (await gallery.openFromGallery(entry)) onDone();
  };
  const start = async () => {
    // The session before it stays in the browser's history.
    history.pushState(null, '', location.href);
    if (await gallery.startFromGallery(entry)) onDone();
  };
  return (
    <section className="ga-detail" aria-label={entry.title}>
      <h3>{entry.title}</h3>
      <p>{sentence(entry.about)}</p>
      <p>
        <b>Try:</b> {entry.tryThis}
      </p>
      {content && (
        <ul className="ga-badges" aria-label="What it holds">
          {content.replicas !== undefined && (
            <li className="tag num">
              {content.replicas} {content.replicas === 1 ? 'replica' : 'replicas'}
            </li>
          )}
          {content.kinds.map((kind) => (
            <li key={kind} className="tag">
              {kind}
            </li>
          ))}
        </ul>
      )}
      <Scroller key={entry.id} className="ga-text" label={`${entry.fileName}, the manifest`}>
        <pre className="mono">{content?.text ?? ''}</pre>
      </Scroller>
      <div className="ga-acts">
        <button type="button" className="btn btn-line" onClick={() => void start()}>
          Start a fresh cluster with it
        </button>
        <span className="sp" />
        <button type="button" className="btn btn-primary" onClick={() => void open()}>
          {isOpen ? 'Show it in the editor' : 'Open beside'}
        </button>
      </div>
    </section>
  );
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Arrows go from entry to entry, over the headings. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.ga-entry')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  all[Math.max(0, Math.min(to, all.length - 1))]?.focus();
}

/** The texts of all entries with what is in them, as soon as they are loaded. */
function useContents(groups: readonly { entries: readonly GalleryEntry[] }[]): Readonly<Record<string, Content>> {
  const [contents, setContents] = useState<Readonly<Record<string, Content>>>({});
  useEffect(() => {
    let isOver = false;
    const load = async () => {
      const all = await Promise.all(
        groups
          .flatMap(({ entries }) => entries)
          .map(async (entry) => [entry.id, contentOf(await entry.load())] as const),
      );
      if (!isOver) setContents(Object.fromEntries(all));
    };
    void load().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [groups]);
  return contents;
}

function contentOf(text: string): Content {
  const objects = parseManifest('manifest.yaml', text).documents.map(
    ({ value }) => value as { kind?: string; spec?: { replicas?: number } },
  );
  return {
    text,
    kinds: [...new Set(objects.map(({ kind }) => kind ?? ''))].filter((kind) => kind !== ''),
    replicas: objects.find(({ kind }) => kind === 'StatefulSet')?.spec?.replicas,
  };
}
