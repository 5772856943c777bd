import { expect, it } from 'vitest';
import { toKyaml } from './to-kyaml.ts';

it('puts every text in quotes, and maps of a list bracket to bracket', () => {
  expect(
    toKyaml({
      kind: 'Pod',
      spec: { containers: [{ name: 'a', args: ['x', 'y'] }, { name: 'b' }], count: 1 },
      y: null,
      e: [],
    }),
  ).toBe(`---
{
  e: [],
  kind: "Pod",
  spec: {
    containers: [{
      args: [
        "x",
        "y",
      ],
      name: "a",
    }, {
      name: "b",
    }],
    count: 1,
  },
  "y": null,
}
`);
});
