import type { SamplePart } from '../part.ts';
import { countyRuns } from './county-runs.ts';
import { plantSingleIndicator } from './planted.ts';

/** The county that fails by a single indicator, and the runs as the start will compute and store them. */
export function part(): SamplePart {
  return {
    steps: [
      {
        ...{ needs: ['schools'], changes: 'standings' },
        run: (city) => plantSingleIndicator(city.schools, city.standings),
      },
      {
        ...{ needs: ['duties'], makes: 'runOf' },
        run(city) {
          city.runOf = countyRuns(city);
        },
      },
    ],
  };
}
