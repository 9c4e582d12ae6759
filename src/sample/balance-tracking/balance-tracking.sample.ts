import type { SamplePart } from '../part.ts';
import { type PlannedTrack, planTracks } from './track-plan.ts';
import { trackRows } from './track-rows.ts';

/** 均衡跟踪 of three years: two that ended, and the present one with a county in each state. */
export function part(): SamplePart {
  let planned: readonly PlannedTrack[] = [];
  return {
    steps: [
      {
        ...{ needs: ['schools', 'runOf'], makes: 'raised' },
        run(city) {
          planned = planTracks(city);
          city.raised = planned.flatMap(({ issues }) => issues.map(({ raised }) => raised));
        },
      },
    ],
    rows: (city, laying) => ({ tables: trackRows(city, planned, laying) }),
  };
}
