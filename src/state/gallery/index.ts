// The gallery, loaded when somebody looks at it.
export type { GalleryEntry } from './entries.ts';

/**
 * Loads the gallery: its entries, and what opens them.
 *
 * @returns the parts of the gallery
 */
export const loadGallery = async () => ({ ...(await import('./entries.ts')), ...(await import('./open-entry.ts')) });
