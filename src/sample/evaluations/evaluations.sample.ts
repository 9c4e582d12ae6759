import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleRaised } from '../model.ts';
import type { SamplePart } from '../part.ts';
import { evaluationRows } from './evaluation-rows.ts';
import { sampleWords } from './evaluations.shape.ts';

/**
 * 督导评估 of the rounds: four counties at four steps, a round of before with its findings in the ledger, and schools in every
 * state; with material, judgements, evidence and results.
 */
export function part(): SamplePart {
  let raised: readonly SampleRaised[] = [];
  return {
    steps: [
      {
        ...{ needs: ['rounds'], changes: 'raised' },
        run(city) {
          raised = raisedBy(city);
          city.raised = [...city.raised, ...raised];
        },
      },
    ],
    rows: (city, laying) => evaluationRows(city, raised, laying),
  };
}

/** The day on which the results of the round of before were confirmed. */
const confirmedOn: Day = '2024-06-18';

/** As many counties of the closed round go on with a finding in the ledger; the office finished their evaluations with a reason. */
const stillAtWork = 3;

/** What the closed round found: mostly put right, some not yet, and of one the ledger shows that it came again. */
function raisedBy(city: SampleCity): SampleRaised[] {
  const ids = sampleIds(generator(`${city.seed} raised by evaluations`), '2024-06-18T08:00:00+08:00');
  return city.rounds
    .filter(({ isClosed }) => isClosed)
    .flatMap(({ title, subjects }) =>
      subjects.flatMap(({ id, placeId, name }, at) =>
        sampleWords.findings.slice(0, 1 + (at % 3)).map((one, index): SampleRaised => {
          const findingId = ids.next();
          const isOpen = at < stillAtWork && index === 0;
          return {
            ...{ placeId, id: findingId, kind: one.kind, severity: 'moderate', schoolId: null },
            source: { type: 'evaluations', id, key: `${one.code} ${findingId}`, label: `${name}${title}` },
            ...{ title: one.title, body: one.body, measure: one.measure, state: isOpen ? 'planned' : 'closed' },
            ...{ year: 2023, found: addDays(confirmedOn, at % 3), dueIn: 90 },
          };
        }),
      ),
    );
}
