// Addresses in fields that have always been checked loosely. k8s: IsValidIPForLegacyField (strict, as in v1.36)

/** The eight groups of an IPv6 address, or undefined. */
function parseIpv6(text: string): number[] | undefined {
  if (text.length > 45 || !/^[0-9a-fA-F:.]+$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groupsOf = (half: string): number[] | undefined => {
    if (half === '') return [];
    const out: number[] = [];
    const parts = half.split(':');
    for (const [i, part] of parts.entries()) {
      if (part.includes('.')) {
        const v4 = i === parts.length - 1 ? parseIpv4(part) : undefined;
        if (v4 === undefined) return undefined;
        out.push(((v4[0] ?? 0) << 8) | (v4[1] ?? 0), ((v4[2] ?? 0) << 8) | (v4[3] ?? 0));
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) out.push(Number.parseInt(part, 16));
      else return undefined;
    }
    return out;
  };
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** The four octets of an IPv4 address; leading zeros are read over, as Go once did. */
function parseIpv4(text: string): number[] | undefined {
  const match = /^(\d{1,10})\.(\d{1,10})\.(\d{1,10})\.(\d{1,10})$/.exec(text);
  const octets = match?.slice(1).map(Number);
  return octets?.every((octet) => octet <= 255) ? octets : undefined;
}

/** True for an IPv6 address. */
export const isIpv6 = (text: string): boolean => text.includes(':') && parseIpv6(text) !== undefined;

/** What is wrong with an address; empty when nothing is. */
export function ipErrors(text: string): string[] {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return /(?:^|\.)0\d/.test(text) ? ['must not have leading 0s'] : [];
  const v6 = text.includes(':') ? parseIpv6(text) : undefined;
  if (v6 === undefined) return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
  const isMapped = v6.slice(0, 5).every((group) => group === 0) && v6[5] === 0xffff;
  return isMapped ? ['must not be an IPv4-mapped IPv6 address'] : [];
}

/** What is wrong with a range such as 10.0.0.0/8. */
export function cidrErrors(text: string): string[] {
  const slash = text.indexOf('/');
  const address = text.slice(0, slash);
  const length = text.slice(slash + 1);
  const isV4 = parseIpv4(address) !== undefined;
  const isV6 = !isV4 && isIpv6(address);
  const max = isV4 ? 32 : 128;
  if (slash < 0 || !(isV4 || isV6) || !/^\d{1,3}$/.test(length) || Number(length) > max)
    return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  return /^0\d/.test(length) || (isV4 && /(?:^|\.)0\d/.test(address))
    ? ['must not have leading 0s in IP or prefix length']
    : [];
}
