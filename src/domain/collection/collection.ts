import { type SchoolYear, schoolYearName } from '#domain/kit/school-year.ts';

/** The key of the yearly record of resources: one collection a school year. */
export const resourceRecord = 'resources';

/** The name of the yearly filing of a school year: `2025 学年资源数据填报`. */
export function collectionName(schoolYear: SchoolYear): string {
  return `${schoolYearName(schoolYear)}资源数据填报`;
}

/** A collection asks schools and units (`open`), or has ended. */
export const collectionStates = ['open', 'closed'] as const;
export type CollectionState = (typeof collectionStates)[number];

export const collectionStateTitles: Readonly<Record<CollectionState, string>> = { open: '填报中', closed: '已结束' };
