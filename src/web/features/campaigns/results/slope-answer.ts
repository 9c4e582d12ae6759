import type { SlopeLine } from '#web/shared/chart/SlopePicture.tsx';
import { numberOf } from '#web/shared/framework/indicator.words.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import type { Slope } from '../campaign-reply.ts';

/** A subject that the city has judged whole, over the leaves at which both layers have points: what one has not said is no zero. */
export interface ComparedSubject {
  readonly evaluationId: string;
  readonly name: string;
  readonly self: string;
  readonly city: string;
  /** The points of these leaves, and how many they are. */
  readonly max: string;
  readonly leaves: number;
  /** What the city gave more than the subject did itself, in points. */
  readonly difference: number;
}

/** Lines that can still be told apart. */
export const mostDrawn = 40;

/** The subjects that can be compared, those that claimed most too much first. */
export function comparedSubjects({ rows }: Pick<Slope, 'rows'>): ComparedSubject[] {
  return rows
    .flatMap(({ evaluationId, name, to, both }) =>
      to === null || both === null
        ? []
        : [
            {
              ...{ evaluationId, name, self: both.from, city: both.to, max: both.max, leaves: both.leaves },
              difference: rounded(numberOf(both.to) - numberOf(both.from)),
            },
          ],
    )
    .sort((one, other) => one.difference - other.difference);
}

const rounded = (value: number) => Number(value.toFixed(4));

/** The lines of the picture: where there are too many, those that differ most. */
export function drawnSubjects(all: readonly ComparedSubject[]): SlopeLine[] {
  const most = [...all].sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference)).slice(0, mostDrawn);
  return most.map(({ evaluationId, name, self, city, max }) => ({
    ...{ key: evaluationId, name, from: numberOf(self) / numberOf(max), to: numberOf(city) / numberOf(max) },
  }));
}

/** What the subjects lack that cannot be compared, by the layer that lacks it; empty where all are. */
function lackText({ rows }: Pick<Slope, 'rows'>): string {
  const unjudged = rows.filter(({ to }) => to === null).length;
  const without = rows.filter(({ to, both }) => to !== null && both === null).length;
  const parts = [
    unjudged > 0 && `${unjudged} 个对象市级没有评完`,
    without > 0 && `${without} 个对象没有自评和市级都有得分的指标`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : `还有 ${parts.join('，')}。`;
}

/** The answer to the question which subjects claimed too much, in one sentence; of the others what they lack. */
export function slopeAnswer(all: readonly ComparedSubject[], slope: Pick<Slope, 'rows'>): string {
  const rest = lackText(slope);
  if (all.length === 0) return rest === '' ? '还没有对象。' : rest;
  const over = all.filter(({ difference }) => difference < 0);
  const [worst] = over;
  if (worst === undefined) return `${all.length} 个对象的评定得分都不低于自评。${rest}`;
  const points = formatNumber(-worst.difference, 2);
  return `${all.length} 个对象中 ${over.length} 个的评定低于自评，相差最大的是${worst.name}（${points} 分）。${rest}`;
}
