import {
  compositeKey,
  type Difference,
  differencesOf,
  type OurLevel,
  type PublishedLevel,
} from '#domain/balance-tracking/difference.ts';
import type { RunFigure } from '#domain/balance-tracking/issues.ts';
import { exact, round } from '#domain/kit/decimal.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';
import type { SampleRun } from '../model.ts';

/** How the figures of the province lie beside ours. Most are ours at the printed decimals. */
export type SampleCause = 'rounding' | 'schools' | 'edition' | 'unexplained' | 'none';

/** A run, and how the figures of the province lie beside it. */
interface Beside {
  readonly run: SampleRun;
  readonly standing: { readonly cause: SampleCause };
}

/** The edition that the province names where it counts by another one. */
export const otherEdition = '省级监测口径（2024 年）';

/** So many schools of a level are not on the list of the province, where it counts others. */
const unlisted = 2;
const decimals = 3;

/** By so much a figure lies beside ours, where it is not ours at the printed decimals. */
const beside = 0.018;

/** The figures of a run as the rules of tracking read them. */
export function figuresOf({ levels }: SampleRun): RunFigure[] {
  return compulsoryLevels.flatMap((level): RunFigure[] => {
    const { compositeCv, compositeLimit, indicators } = levels[level];
    return [
      { level, indicator: compositeKey, name: '综合差异系数', cv: compositeCv, limit: compositeLimit },
      ...indicators.map(({ key, name, cv, limit }) => ({ level, indicator: key, name, cv, limit })),
    ];
  });
}

/** A level of a run with its schools, as it is set beside the published figures. */
function ourLevel(run: SampleRun, level: CompulsoryLevel): OurLevel {
  const { schools, members } = run.levels[level];
  const own = figuresOf(run).filter((one) => one.level === level);
  return { schools, members, figures: new Map(own.map(({ indicator, cv }) => [indicator, cv])) };
}

const printed = (value: number) => round(exact(value.toString()), decimals);

/**
 * What the sample's province published of a county's year: our figures at its decimals, but in one county of other schools, in
 * one by another edition, and in one for a reason that a person had to find.
 */
export function publishedLevels({ run, standing: { cause } }: Beside): Record<CompulsoryLevel, PublishedLevel> {
  const of = (level: CompulsoryLevel): PublishedLevel => {
    const ours = ourLevel(run, level);
    const own = ours.figures.get(compositeKey) ?? null;
    const published = (figures: ReadonlyMap<string, string>): PublishedLevel => ({
      schools: null,
      figures,
      members: [],
    });
    if (own === null || cause === 'none') return published(new Map());
    if (cause === 'edition' || cause === 'unexplained') {
      return published(new Map([[compositeKey, printed(own + beside)]]));
    }
    if (cause === 'schools' && level === 'primary') {
      const members = ours.members
        .filter(({ excludedReason }) => excludedReason === null)
        .slice(unlisted)
        .map(({ code, name }) => ({ code, name }));
      const asked = { schools: members.length, members, figures: new Map([[compositeKey, '0.000']]) };
      const [seen] = differencesOf(level, [compositeKey], ours, asked, null);
      return { ...asked, figures: new Map([[compositeKey, seen!.withoutThem!]]) };
    }
    return { ...published(new Map([[compositeKey, printed(own)]])), schools: ours.schools };
  };
  return { primary: of('primary'), junior: of('junior') };
}

/** The two figures of each level beside each other, as a report freezes them. */
export function sampleDifferences(track: Beside): Difference[] {
  const published = publishedLevels(track);
  const sameEdition = track.standing.cause === 'edition' ? false : null;
  return compulsoryLevels.flatMap((level) => {
    const ours = ourLevel(track.run, level);
    return differencesOf(level, [...ours.figures.keys()], ours, published[level], sameEdition);
  });
}
