import * as filings from '#contract/filings/filings.ts';
import { useAct } from '#web/shared/call/queries.ts';

/** 催报: one click. A school that was reminded today is not reminded again. */
export function useRemind(year: number | undefined) {
  const remind = useAct(filings.remind, {
    done: ({ reminded, skippedToday }) =>
      `已催报 ${reminded} 所学校${skippedToday > 0 ? `，另有 ${skippedToday} 所今天已催过` : ''}`,
  });
  return {
    busy: remind.busy,
    unit: async (unitId: number | undefined) => {
      if (year !== undefined) await remind.act({ body: { year, ...(unitId === undefined ? {} : { unitId }) } });
    },
    filings: async (filingIds: string[]) => {
      if (year !== undefined) await remind.act({ body: { year, filingIds } });
    },
  };
}
