import * as filings from '#contract/filings/filings.ts';
import type { RouteArguments } from '#contract/route.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { ask } from '#web/shared/kit/dialog/question.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { asQuery } from '../filing.search.ts';
import { type Remindable, remindedSentence, remindedWords, schoolsOf } from './progress.words.ts';

/** The filter of a list; a reminder names its year, so that it never reaches another. */
type Filter = Omit<RouteArguments<typeof filings.remind>['body'], 'filingIds' | 'note'>;

/** The schools that a reminder under this filter reaches, by unit, and those that it does not; undefined while not known. */
export function useRemindable(
  filter: Omit<Filter, 'year'> & { readonly year: number | undefined },
  mayRemind: boolean,
): Remindable | undefined {
  const enabled = mayRemind && filter.year !== undefined;
  return useRead(filings.remindable, { query: asQuery(filter) }, { enabled }).data;
}

/**
 * 催报: says which schools it reaches and asks where that is more than one. A school that was reminded today is not
 * reminded again.
 */
export function useRemind() {
  const remind = useAct(filings.remind, {
    done: remindedSentence,
  });
  return {
    busy: remind.busy,
    /** The schools that have not filed among those that the filter shows: these, by unit. */
    those: async (filter: Filter, { units, cityManaged }: Remindable) => {
      const schools = schoolsOf(units);
      if (schools > 1) {
        const verb = `催报 ${formatNumber(schools)} 所`;
        const note = await ask({
          title: `${verb}未报学校？`,
          text: remindedWords(units, cityManaged),
          label: '附言',
          help: '可不填。今天已催报过的学校不再提醒，附言不同时改为这一条。',
          verb,
          required: false,
          maxLength: 300,
        });
        if (note === null) return;
        await remind.act({ body: { ...filter, ...(note.trim() === '' ? {} : { note: note.trim() }) } });
        return;
      }
      await remind.act({ body: filter });
    },
  };
}
