import { describe, expect, it } from 'vitest';
import { moveCursor, moveOf, placeId, placeOf } from './cursor.ts';
import type { SetShape } from './line.ts';

const shapeOf = (name: string, count: number, from = 0): SetShape => ({
  id: `StatefulSet/default/${name}`,
  namespace: 'default',
  name,
  ordinals: Array.from({ length: count }, (_, i) => i + from),
  start: from,
  replicas: count,
  serviceName: 'nginx',
  claimRows: 0,
});
const web = shapeOf('web', 3, 5);
const db = shapeOf('db', 120);
const none = shapeOf('none', 0);

describe('the cursor', () => {
  it('goes along the slots, and over the head of the next set to its slots', () => {
    let place = moveCursor([web, db], undefined, 'next', undefined);
    const visited = [placeId(place!)];
    for (let i = 0; i < 5; i++) {
      place = moveCursor([web, db], place, 'next', undefined);
      visited.push(placeId(place!));
    }
    expect(visited).toEqual([
      'Slot/default/web/5',
      'Slot/default/web/6',
      'Slot/default/web/7',
      'StatefulSet/default/db',
      'Slot/default/db/0',
      'Slot/default/db/1',
    ]);
  });

  it('goes back the way it came', () => {
    for (const from of [
      { shape: web, index: 2 },
      { shape: db, index: undefined },
      { shape: db, index: 40 },
    ]) {
      const next = moveCursor([web, db], from, 'next', undefined);
      expect(moveCursor([web, db], next, 'previous', undefined)).toEqual(from);
    }
  });

  it('goes up and down by rows among cells, and to the head above the first row', () => {
    expect(moveCursor([db], { shape: db, index: 25 }, 'down', 20)).toMatchObject({ index: 45 });
    expect(moveCursor([db], { shape: db, index: 25 }, 'up', 20)).toMatchObject({ index: 5 });
    expect(moveCursor([db], { shape: db, index: 5 }, 'up', 20)).toMatchObject({ index: undefined });
    expect(moveCursor([db], { shape: db, index: 110 }, 'down', 20)).toMatchObject({ index: 119 });
  });

  it('stays at the ends', () => {
    expect(moveCursor([web], { shape: web, index: 2 }, 'next', undefined)).toMatchObject({ index: 2 });
    expect(moveCursor([web], { shape: web, index: undefined }, 'previous', undefined)).toMatchObject({
      index: undefined,
    });
    expect(moveCursor([db], { shape: db, index: 3 }, 'last', 20)).toMatchObject({ index: 119 });
  });

  it('stands on a head where there are no slots, and nowhere without sets', () => {
    expect(placeId(moveCursor([none], undefined, 'next', undefined)!)).toBe(none.id);
    expect(moveCursor([], undefined, 'next', undefined)).toBeUndefined();
  });

  it('is found again by its id, unless the slot is gone', () => {
    expect(placeOf([web, db], 'Slot/default/web/6')).toEqual({ shape: web, index: 1 });
    expect(placeOf([web, db], db.id)).toEqual({ shape: db, index: undefined });
    expect(placeOf([web, db], 'Slot/default/web/1')).toBeUndefined();
    expect(placeOf([web, db], undefined)).toBeUndefined();
  });

  it('follows arrows, J and K', () => {
    expect(['ArrowRight', 'j', 'K', 'Home', 'x'].map((key) => moveOf(key))).toEqual([
      'next',
      'next',
      'previous',
      'first',
      undefined,
    ]);
    // With Shift the arrows lead from act to act, wherever the focus is on the canvas.
    expect(['ArrowLeft', 'ArrowRight', 'J'].map((key) => moveOf(key, true))).toEqual([undefined, undefined, 'next']);
  });
});
