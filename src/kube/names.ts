// KUBE-1, KUBE-2: what may be a name, in the API server's own words, and the names a StatefulSet gives to its pods and claims.
// k8s: apimachinery util/validation and api/validate/content

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const DNS1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const LABEL_RE = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN_RE = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const UNDERSCORED_RE = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;
const DNS1035_RE = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;

const LABEL_LENGTH_MAX = 63;
const SUBDOMAIN_LENGTH_MAX = 253;

/** Length in UTF-8 bytes, which is what Go's len counts. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** The words for a text that is too long. k8s: content.MaxLenError */
export const tooLongBytes = (max: number): string => `must be no more than ${max} bytes`;

/** The words for a text that fails a pattern, with examples. k8s: validation.RegexError */
export function patternError(message: string, pattern: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

export const rangeError = (low: number, high: number): string => `must be between ${low} and ${high}, inclusive`;

// The patterns are linear but the text may be megabytes; nothing longer than this can be a name anyway.
const CHECKED_LENGTH_MAX = 4096;
const matches = (pattern: RegExp, text: string): boolean => text.length <= CHECKED_LENGTH_MAX && pattern.test(text);

/** What keeps a text from being a DNS-1123 label (names of StatefulSets, Services, containers); empty when nothing does. */
export function dnsLabelErrors(text: string): string[] {
  const errors = byteLength(text) > LABEL_LENGTH_MAX ? [tooLongBytes(LABEL_LENGTH_MAX)] : [];
  if (matches(LABEL_RE, text)) return errors;
  if (matches(SUBDOMAIN_RE, text)) return [...errors, 'must not contain dots'];
  return [
    ...errors,
    patternError(
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
      LABEL,
      'my-name',
      '123-abc',
    ),
  ];
}

const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

/** What keeps a text from being a DNS-1123 subdomain (names of pods, claims and most other objects). */
export function dnsSubdomainErrors(text: string): string[] {
  const errors = byteLength(text) > SUBDOMAIN_LENGTH_MAX ? [tooLongBytes(SUBDOMAIN_LENGTH_MAX)] : [];
  return matches(SUBDOMAIN_RE, text) ? errors : [...errors, patternError(SUBDOMAIN_MESSAGE, SUBDOMAIN, 'example.com')];
}

/** As a subdomain, but with underscores: DNS search paths. */
export function underscoredSubdomainErrors(text: string): string[] {
  const errors = byteLength(text) > SUBDOMAIN_LENGTH_MAX ? [tooLongBytes(SUBDOMAIN_LENGTH_MAX)] : [];
  if (matches(UNDERSCORED_RE, text)) return errors;
  const label = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
  return [
    ...errors,
    patternError(
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
      `${label}(\\.${label})*`,
      'example.com',
    ),
  ];
}

/** What keeps a text from being a DNS-1035 label. */
export function dns1035LabelErrors(text: string): string[] {
  const errors = byteLength(text) > LABEL_LENGTH_MAX ? [tooLongBytes(LABEL_LENGTH_MAX)] : [];
  if (matches(DNS1035_RE, text)) return errors;
  return [
    ...errors,
    patternError(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
      DNS1035,
      'my-name',
      'abc-123',
    ),
  ];
}

/** What keeps a text from being part of a URL path, the weakest rule for a name. */
export function pathSegmentErrors(text: string): string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%'].filter((part) => text.includes(part)).map((part) => `may not contain '${part}'`);
}

/** What keeps a text from naming a port. */
export function portNameErrors(text: string): string[] {
  const errors: string[] = [];
  if (byteLength(text) > 15) errors.push(tooLongBytes(15));
  if (!/^[-a-z0-9]+$/.test(text)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(text)) errors.push('must contain at least one letter (a-z)');
  if (text.includes('--')) errors.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** What keeps a text from being a key of a ConfigMap or Secret. */
export function configKeyErrors(text: string): string[] {
  const errors: string[] = [];
  if (byteLength(text) > SUBDOMAIN_LENGTH_MAX) errors.push(tooLongBytes(SUBDOMAIN_LENGTH_MAX));
  if (!/^[-._a-zA-Z0-9]+$/.test(text))
    errors.push(
      patternError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        '[-._a-zA-Z0-9]+',
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  if (text === '.') errors.push("must not be '.'");
  else if (text === '..') errors.push("must not be '..'");
  else if (text.startsWith('..')) errors.push("must not start with '..'");
  return errors;
}

/** What keeps a text from naming an environment variable. k8s: IsRelaxedEnvVarName */
export function envNameErrors(text: string): string[] {
  if (text === '') return ['environment variable name must be non-empty'];
  return /^[ -<>-~]+$/.test(text)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** What keeps a text from naming an HTTP header. */
export const httpHeaderErrors = (text: string): string[] =>
  /^[-A-Za-z0-9]+$/.test(text)
    ? []
    : [
        patternError(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ];

const ORDINAL_MAX = 2_147_483_647;
const ZERO = 48;
const NINE = 57;
const DASH = 45;

/** Where the dash before the trailing digits stands; -1 when the name does not end in `-<digits>`. */
function ordinalDash(name: string): number {
  let i = name.length - 1;
  while (i >= 0) {
    const code = name.charCodeAt(i);
    if (code < ZERO || code > NINE) break;
    i--;
  }
  return i >= 0 && i < name.length - 1 && name.charCodeAt(i) === DASH ? i : -1;
}

/** The number after the last dash of a pod's name, or -1 when there is none that fits an int32. Allocates nothing. */
export function ordinalOf(podName: string): number {
  const dash = ordinalDash(podName);
  if (dash < 0) return -1;
  let ordinal = 0;
  for (let i = dash + 1; i < podName.length; i++) {
    ordinal = ordinal * 10 + (podName.charCodeAt(i) - ZERO);
    if (ordinal > ORDINAL_MAX) return -1;
  }
  return ordinal;
}

/** The part of a pod's name before `-<ordinal>`; '' when the name has no ordinal. k8s: getParentName */
export function parentNameOf(podName: string): string {
  const dash = ordinalDash(podName);
  return dash < 0 ? '' : podName.slice(0, dash);
}

/** True when a pod of this name is a member of the set of that name. Allocates nothing. k8s: isMemberOf */
export function isMemberName(setName: string, podName: string): boolean {
  return ordinalDash(podName) === setName.length && podName.startsWith(setName);
}

/** `web-0` */
export const podNameOf = (setName: string, ordinal: number): string => `${setName}-${ordinal}`;

/** `www-web-0` */
export const claimNameOf = (templateName: string, setName: string, ordinal: number): string =>
  `${templateName}-${setName}-${ordinal}`;

/** The pod that a claim of this set belongs to, or undefined when the name is no claim's. k8s: getClaimPodName */
export function podNameOfClaim(setName: string, claimName: string): string | undefined {
  const dash = ordinalDash(claimName);
  const start = dash - setName.length;
  if (dash < 0 || start < 1 || !claimName.startsWith(setName, start) || claimName.charCodeAt(start - 1) !== DASH)
    return undefined;
  return claimName.slice(start);
}
