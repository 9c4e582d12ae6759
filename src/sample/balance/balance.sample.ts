import type { SamplePart } from '../part.ts';
import { plantSingleIndicator } from './planted.ts';

/** The county that fails by a single indicator. Runs are not part of the sample: the start computes them. */
export function part(): SamplePart {
  return {
    steps: [
      {
        ...{ needs: ['schools'], changes: 'standings' },
        run: (city) => plantSingleIndicator(city.schools, city.standings),
      },
    ],
  };
}
