// What the colour of a cell means.
import type { JSX } from 'react';
import type { ColorBy } from './cell-paint.ts';

const CHOICES: readonly (readonly [ColorBy, string])[] = [
  ['state', 'State'],
  ['revision', 'Revision'],
  ['zone', 'Zone'],
];

/**
 * Chooses it.
 *
 * @param props - what is chosen
 */
export function ColorBySwitch({
  value,
  onChange,
}: {
  readonly value: ColorBy;
  readonly onChange: (value: ColorBy) => void;
}): JSX.Element {
  return (
    <div className="color-by">
      <span id="color-by">colour by</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has looks of its own */}
      <div className="seg" role="group" aria-labelledby="color-by">
        {CHOICES.map(([choice, word]) => (
          <button key={choice} type="button" aria-pressed={value === choice} onClick={() => onChange(choice)}>
            {word}
          </button>
        ))}
      </div>
    </div>
  );
}
