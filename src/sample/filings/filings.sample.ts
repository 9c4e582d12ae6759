import { samplePeriods } from '../calendar.ts';
import type { SamplePart } from '../part.ts';
import { filingRows } from './filing-rows.ts';
import { type SampleFiling, sampleFilings } from './filings.ts';

/** Three years of filings in every state, with the years themselves and their frozen registers. */
export function part(): SamplePart {
  let filings: readonly SampleFiling[] = [];
  return {
    steps: [
      {
        ...{ needs: ['records'], makes: 'duties' },
        run(city) {
          filings = sampleFilings(city);
          city.duties = filings;
        },
      },
    ],
    rows: (city, laying) => ({
      tables: filingRows(city, filings, samplePeriods(laying.today), laying),
      sequences: [
        ['periods_id_seq', 'periods'],
        ['collections_id_seq', 'collections'],
      ],
    }),
  };
}
