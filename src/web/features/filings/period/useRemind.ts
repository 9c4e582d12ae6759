import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { remind as remindRoute } from '#contract/filings/review.ts';
import type { RouteArguments } from '#contract/route.ts';
import { call } from '#web/shared/call/call.ts';
import { asProblem } from '#web/shared/call/problem.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { isRemindable, remindedWords } from './progress.words.ts';

type Filter = Omit<NonNullable<RouteArguments<typeof filings.list>['query']>, 'page' | 'pageSize' | 'sort'>;

/** The most schools that one request reminds. */
const mostAtOnce = 500;

/** The schools of a filter that a reminder reaches; all pages of them. */
async function listRemindable(filter: Filter, signal?: AbortSignal) {
  if (filter.state !== undefined && filter.state !== 'draft') return [];
  const found = [];
  for (let page = 1, total = 1; (page - 1) * 200 < total; page += 1) {
    const query = { ...filter, state: 'draft' as const, page, pageSize: 200 };
    const answer = await call(filings.list, { query }, signal ? { signal } : {});
    total = answer.total;
    found.push(...answer.rows.filter(isRemindable));
  }
  return found;
}

const remindable = (filter: Filter) =>
  queryOptions({
    queryKey: ['filings.list', 'remindable', filter],
    queryFn: ({ signal }) => listRemindable(filter, signal),
  });

/** The number of schools that a reminder under this filter reaches; undefined while it is not known. */
export function useRemindableCount(filter: Filter, enabled: boolean): number | undefined {
  return useQuery({ ...remindable(filter), enabled }).data?.length;
}

/**
 * 催报: says which schools it reaches and asks where that is more than one. A school that was reminded today is not
 * reminded again.
 */
export function useRemind(year: number | undefined) {
  const [looking, setLooking] = useState(false);
  const remind = useAct(remindRoute, {
    done: ({ reminded, skippedToday }) =>
      `已催报 ${reminded} 所学校${skippedToday > 0 ? `，另有 ${skippedToday} 所今天已催过` : ''}`,
  });
  async function found(filter: Filter) {
    setLooking(true);
    try {
      return await listRemindable(filter);
    } catch (error) {
      toast.problem(asProblem(error));
      return null;
    } finally {
      setLooking(false);
    }
  }
  return {
    busy: looking || remind.busy,
    /** The schools that have not filed among those that the filter shows. */
    those: async (filter: Filter) => {
      const schools = year === undefined ? null : await found({ ...filter, year });
      if (schools === null || year === undefined) return;
      if (schools.length === 0) {
        toast.say('没有可以催报的学校');
        return;
      }
      if (schools.length > 1) {
        const verb = `催报 ${schools.length} 所`;
        if (!(await confirm({ title: `${verb}未报学校？`, text: remindedWords(schools), verb }))) return;
      }
      const ids = schools.map(({ id }) => id);
      for (let from = 0; from < ids.length; from += mostAtOnce) {
        await remind.act({ body: { year, filingIds: ids.slice(from, from + mostAtOnce) } });
      }
    },
  };
}
