import { describe, expect, it } from 'vitest';
import type { SetShape } from './line.ts';
import { openingDelays } from './slot-openings.ts';

const shapeOf = (replicas: number, name = 'web'): SetShape => ({
  id: `StatefulSet/default/${name}`,
  name,
  namespace: 'default',
  ordinals: Array.from({ length: replicas }, (_, i) => i),
  start: 0,
  replicas,
  claimRows: 1,
  serviceName: '',
});

describe('the opening of sockets', () => {
  it('goes one by one, 60 ms apart', () => {
    expect([...openingDelays([shapeOf(3)], [shapeOf(6)])]).toEqual([
      ['Slot/default/web/3', 0],
      ['Slot/default/web/4', 60],
      ['Slot/default/web/5', 120],
    ]);
  });

  it('takes 600 ms in all, however many there are', () => {
    const delays = [...openingDelays([shapeOf(1)], [shapeOf(1_001)]).values()];
    expect(delays).toHaveLength(1_000);
    expect(Math.max(...delays)).toBe(600);
  });

  it('leaves alone what was there, what shrinks, and a set that comes as a whole', () => {
    const same = shapeOf(3);
    expect(openingDelays([same], [same]).size).toBe(0);
    expect(openingDelays([shapeOf(5)], [shapeOf(3)]).size).toBe(0);
    expect(openingDelays([shapeOf(3)], [same, shapeOf(3, 'db')]).size).toBe(0);
  });
});
