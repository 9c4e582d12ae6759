import type { SamplePart } from '../part.ts';
import { campaignRows } from './campaign-rows.ts';
import { sampleRounds } from './rounds.ts';

/** 督导评估项目: two rounds of 对县督导, of which one is closed, one of schools, and one of counties by the city's own edition. */
export function part(): SamplePart {
  return {
    steps: [
      {
        ...{ needs: ['schools', 'people'], makes: 'rounds' },
        run(city) {
          city.rounds = sampleRounds(city);
        },
      },
    ],
    rows: async (city, laying) => ({ tables: await campaignRows(city, laying) }),
  };
}
