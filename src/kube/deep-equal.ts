// Equality of plain data. k8s: apiequality.Semantic.DeepEqual, for objects in Go's JSON form.

/** True when two JSON values are the same data. Absent, null, [] and {} members count as the same, as nil does in Go. */
export function semanticEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!semanticEqual(a[i], b[i])) return false;
    return true;
  }
  const x = a as Readonly<Record<string, unknown>>;
  const y = b as Readonly<Record<string, unknown>>;
  for (const key in x)
    if (Object.hasOwn(x, key) && !semanticEqual(x[key], Object.hasOwn(y, key) ? y[key] : undefined)) return false;
  for (const key in y) if (Object.hasOwn(y, key) && !Object.hasOwn(x, key) && !isNothing(y[key])) return false;
  return true;
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}
