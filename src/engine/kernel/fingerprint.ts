// A short proof that two worlds hold the same objects: what a link carries to show that its replay is faithful.
import type { KubeObject } from '#kube';
import type { Moment } from './tick.ts';

/** Objects never change once stored, so each is hashed once. */
const hashes = new WeakMap<KubeObject, readonly [number, number]>();

/** Two 32-bit hashes of a text, computed side by side (FNV-1a, and the same with another prime and start). */
function hashText(text: string): readonly [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  return [a >>> 0, b >>> 0];
}

function hashObject(object: KubeObject): readonly [number, number] {
  const known = hashes.get(object);
  if (known) return known;
  const hash = hashText(JSON.stringify(object));
  hashes.set(object, hash);
  return hash;
}

/**
 * The fingerprint of a moment's objects, 16 hexadecimal digits. It does not depend on the order in which objects
 * stand; it changes with any field of any of them. O(objects), and cheap for those that were hashed before.
 */
export function fingerprintOf(moment: Pick<Moment, 'store'>): string {
  let a = moment.store.objects.size;
  let b = 0;
  for (const object of moment.store.objects.values()) {
    const [x, y] = hashObject(object);
    a = (a + x) >>> 0;
    b = (b + Math.imul(y, 2654435761)) >>> 0;
  }
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}
