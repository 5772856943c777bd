// What is wanted only once somebody opens files or asks what they hold: it reads YAML, and is loaded then.
import type { NamedText } from './open-texts.ts';

export type { ManifestObject } from './manifest-objects.ts';
export type { NamedText } from './open-texts.ts';

/**
 * Opens texts that were dropped, pasted or picked together: manifests as tabs, a session or a living cluster in place of
 * everything.
 *
 * @param texts - in the order of their tabs
 * @param leftOut - names of files that were not read, for the message
 */
export async function openTexts(texts: readonly NamedText[], leftOut: readonly string[]): Promise<void> {
  await (await import('./open-texts.ts')).openTexts(texts, leftOut);
}

/**
 * Loads what reads the objects of a manifest.
 *
 * @returns the reader
 */
export const loadObjectsOf = async () => (await import('./manifest-objects.ts')).objectsOf;
