// JSON patch (RFC 6902), for `kubectl patch --type=json`.
import { isEqualJson, isMap } from './json.ts';
import { PatchError } from './strategic-apply.ts';

/** Moves of one patch; a person's patch has a handful. */
const OPERATIONS_MAX = 10_000;

/**
 * The document after the operations.
 * @throws PatchError in the server's words
 */
export function applyJsonPatch(document: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations))
    throw new PatchError('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  if (operations.length > OPERATIONS_MAX)
    throw new PatchError('The allowed maximum operations in a JSON patch is 10000');
  let result: unknown = structuredCopy(document);
  for (const operation of operations) {
    if (!isMap(operation)) throw new PatchError('json: cannot unmarshal a value into an operation');
    result = applyOperation(result, operation);
  }
  return result;
}

function applyOperation(document: unknown, operation: Readonly<Record<string, unknown>>): unknown {
  const { op, path, value, from } = operation;
  if (typeof path !== 'string') throw new PatchError('operation has no path');
  switch (op) {
    case 'add':
      return write(document, path, structuredCopy(value), 'add');
    case 'replace':
      read(document, path, 'replace');
      return write(document, path, structuredCopy(value), 'replace');
    case 'remove':
      return remove(document, path);
    case 'test':
      if (!isEqualJson(read(document, path, 'test'), value))
        throw new PatchError(`testing value ${path} failed: test failed`);
      return document;
    case 'copy':
    case 'move': {
      if (typeof from !== 'string') throw new PatchError(`operation ${op} has no from`);
      const moved = structuredCopy(read(document, from, op));
      return write(op === 'move' ? remove(document, from) : document, path, moved, 'add');
    }
    default:
      throw new PatchError(`Unexpected kind: ${String(op)}`);
  }
}

const partsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function missing(op: string, path: string): PatchError {
  return new PatchError(`${op} operation does not apply: doc is missing path: ${path}: missing value`);
}

function read(document: unknown, path: string, op: string): unknown {
  let value = document;
  for (const part of partsOf(path)) {
    if (Array.isArray(value) && /^\d+$/.test(part) && Number(part) < value.length) value = value[Number(part)];
    else if (isMap(value) && Object.hasOwn(value, part)) value = value[part];
    else throw missing(op, path);
  }
  return value;
}

function write(document: unknown, path: string, value: unknown, op: 'add' | 'replace'): unknown {
  const parts = partsOf(path);
  const last = parts.pop();
  if (last === undefined) return value;
  return changeAt(document, parts, path, op, (parent) => {
    if (Array.isArray(parent)) {
      const index = last === '-' ? parent.length : Number(last);
      if (!Number.isInteger(index) || index < 0 || index > parent.length)
        throw new PatchError(`${op} operation does not apply: doc is missing path: ${path}: invalid index referenced`);
      return [...parent.slice(0, index), value, ...parent.slice(op === 'add' ? index : index + 1)];
    }
    return new Map([...Object.entries(parent as object), [last, value]]);
  });
}

function remove(document: unknown, path: string): unknown {
  read(document, path, 'remove');
  const parts = partsOf(path);
  const last = parts.pop() ?? '';
  return changeAt(document, parts, path, 'remove', (parent) =>
    Array.isArray(parent)
      ? parent.filter((_item, index) => index !== Number(last))
      : new Map(Object.entries(parent as object).filter(([key]) => key !== last)),
  );
}

/** A copy of the document with the collection at a path changed. Maps come back from `change` as entries. */
function changeAt(
  document: unknown,
  parts: readonly string[],
  path: string,
  op: string,
  change: (parent: unknown) => readonly unknown[] | ReadonlyMap<string, unknown>,
): unknown {
  const [part, ...rest] = parts;
  if (part === undefined) {
    if (!isMap(document) && !Array.isArray(document)) throw missing(op, path);
    const changed = change(document);
    return changed instanceof Map ? Object.fromEntries(changed) : changed;
  }
  if (Array.isArray(document)) {
    const index = Number(part);
    if (!Number.isInteger(index) || index >= document.length) throw missing(op, path);
    return document.map((item: unknown, i) => (i === index ? changeAt(item, rest, path, op, change) : item));
  }
  if (!isMap(document) || !Object.hasOwn(document, part)) throw missing(op, path);
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [
      key,
      key === part ? changeAt(value, rest, path, op, change) : value,
    ]),
  );
}

const structuredCopy = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
