// A session as a link and back. `#v1:` + codec letter + base64url of a checksum and the deflated session. Links come
// from strangers: everything is bounded before it is believed.
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { DICTIONARY_D } from './dictionary.ts';
import { packSession, unpackSession } from './pack.ts';
import type { Session } from './types.ts';

/** The most that a link may inflate to: 1 MiB of manifests, a living cluster, and the acts beside them. */
export const INFLATED_BYTES_MAX = 5 * 1024 * 1024;

/** The longest payload that is looked at, in characters. */
const PAYLOAD_CHARACTERS_MAX = 1_500_000;

/** A link longer than this is offered as a file as well: chats cut it. */
export const CHAT_LENGTH_MAX = 2_000;

const VERSION = 'v1';
const CODEC = 'd';
const dictionary = strToU8(DICTIONARY_D);

/** Why a link could not be read, for a person: what is wrong, and which kind it is. */
export interface LinkProblem {
  readonly kind: 'damaged' | 'too-new' | 'too-large';
  readonly message: string;
}

/** A link that was read, or why it was not. `none`: there is no session in the address. */
export type DecodedLink =
  | { readonly type: 'session'; readonly session: Session; readonly fingerprint: string | undefined }
  | { readonly type: 'problem'; readonly problem: LinkProblem }
  | { readonly type: 'none' };

const problem = (kind: LinkProblem['kind'], message: string): DecodedLink => ({
  type: 'problem',
  problem: { kind, message },
});

/** FNV-1a over bytes: finds what got lost in copying. */
function checksumOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * The hash part of a link for a session, `#` included.
 * @param fingerprint of the moment the session shows; the opener compares its replay with it
 */
export function encodeLink(session: Session, fingerprint: string): string {
  const json = strToU8(JSON.stringify(packSession(session, fingerprint)));
  const deflated = deflateSync(json, { level: 9, dictionary });
  const bytes = new Uint8Array(4 + deflated.length);
  new DataView(bytes.buffer).setUint32(0, checksumOf(json));
  bytes.set(deflated, 4);
  return `#${VERSION}:${CODEC}${encodeBase64Url(bytes)}`;
}

/** Inflates in small pieces and stops at the limit, so that a bomb costs no more than the limit. */
function inflate(bytes: Uint8Array): Uint8Array | 'too-large' | 'damaged' {
  const parts: Uint8Array[] = [];
  let length = 0;
  let isFinal = false;
  const inflater = new Inflate({ dictionary }, (part, final) => {
    length += part.length;
    if (length > INFLATED_BYTES_MAX) throw new RangeError('too large');
    parts.push(part);
    isFinal = final;
  });
  try {
    for (let at = 0; at < bytes.length; at += 512)
      inflater.push(bytes.subarray(at, at + 512), at + 512 >= bytes.length);
  } catch (error) {
    return error instanceof RangeError ? 'too-large' : 'damaged';
  }
  if (!isFinal) return 'damaged';
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Reads the hash part of an address.
 * @param hash as in `location.hash`, with or without `#`
 * @returns the session, or a problem in words; never throws
 */
export function decodeLink(hash: string): DecodedLink {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text === '') return { type: 'none' };
  const form = /^v(\d{1,4}):([A-Za-z0-9])([\s\S]*)$/.exec(text);
  if (!form) return problem('damaged', 'This address does not hold an Ordinal session: it does not begin with #v1:');
  const [, version, codec, payload = ''] = form;
  if (version !== '1')
    return problem(
      'too-new',
      `This link is of version ${version}, and this page reads version 1. A newer page is needed.`,
    );
  if (codec !== CODEC)
    return problem('too-new', `This link is packed in a way (${codec}) that this page does not know yet.`);
  if (payload.length > PAYLOAD_CHARACTERS_MAX)
    return problem(
      'too-large',
      `This link has ${payload.length} characters; ${PAYLOAD_CHARACTERS_MAX} are the most that are read.`,
    );
  const bytes = decodeBase64Url(payload);
  if (!bytes || bytes.length < 5)
    return problem('damaged', 'This link is incomplete: a part of it got lost on the way.');
  const json = inflate(bytes.subarray(4));
  if (json === 'too-large')
    return problem(
      'too-large',
      `This link unpacks to more than ${INFLATED_BYTES_MAX / 1024 / 1024} MiB, the most that is read.`,
    );
  const expected = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (json === 'damaged' || checksumOf(json) !== expected)
    return problem('damaged', 'This link is damaged: its checksum does not match what it holds.');
  return parseSessionText(strFromU8(json));
}

/** A session as the text of a file, readable and without a limit on length but the one on reading. */
export const encodeFile = (session: Session, fingerprint: string): string =>
  `${JSON.stringify({ ordinal: 1, ...packSession(session, fingerprint) }, undefined, 1)}\n`;

/** Reads the text of a session file. Never throws. */
export function decodeFile(text: string): DecodedLink {
  if (text.length > INFLATED_BYTES_MAX)
    return problem(
      'too-large',
      `This file has ${text.length} characters; ${INFLATED_BYTES_MAX} are the most that are read.`,
    );
  return parseSessionText(text);
}

function parseSessionText(text: string): DecodedLink {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem('damaged', 'What this link or file holds is not a session: it is not JSON.');
  }
  const unpacked = unpackSession(value);
  if ('message' in unpacked) return { type: 'problem', problem: unpacked };
  return { type: 'session', ...unpacked };
}
