import type { z } from 'zod';
import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import { isOfWholeSchool } from '#domain/filing/catalogue.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { type Read, useRead } from '#web/shared/call/queries.ts';

/** An edition of the field catalogue as the desk uses it: its groups and sections, and their order. */
export type Edition = z.output<typeof filings.catalogue>;

/** The edition of this name, read once because an edition does not change. Nothing is read before the name is known. */
export function useEdition(edition: string | undefined): Read<Edition> {
  return useRead(
    filings.readCatalogue,
    { params: { edition: edition ?? '' } },
    { enabled: edition !== undefined, staleTime: Number.POSITIVE_INFINITY },
  );
}

/** The edition of the filings in the selected year; `none`: nothing was ever filed in that year. */
export function useEditionOfYear(): { read: Read<Edition>; none: boolean } {
  const { year } = useDeskContext();
  const list = useRead(periods.list, {}, { staleTime: 60_000 });
  const period = list.data?.periods.find(({ schoolYear }) => year === null || schoolYear === year);
  const read = useEdition(period?.edition);
  return { read, none: list.error !== null || (list.data !== undefined && period === undefined) };
}

type Sections = Pick<Edition, 'sections'>;

/** The name of a section in the edition. */
export function sectionName({ sections }: Sections, key: string): string {
  return sections.find((section) => section.key === key)?.name ?? key;
}

/** The heading above the fields of a section among others; none above the fields of the whole school. */
export function sectionHeading(edition: Sections, key: string): string {
  const isWhole = edition.sections.some((section) => section.key === key && isOfWholeSchool(section));
  return isWhole ? '' : sectionName(edition, key);
}
