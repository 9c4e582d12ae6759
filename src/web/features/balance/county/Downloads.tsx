import * as balance from '#contract/balance/balance.ts';
import { Download } from '#web/shared/kit/action/Download.tsx';
import type { CountyResult } from '../balance.words.ts';
import { reportFormats } from '../report-formats.ts';

/**
 * The report, the official forms and the data behind the figures, exactly of the run that is shown. Without a run there is the
 * report alone, which says why.
 */
export function Downloads({ data }: { data: CountyResult }) {
  const { run } = data;
  const input = {
    params: { countyId: data.county.id },
    query: run === null ? { year: data.year, standard: data.standard.key } : { run: run.id },
  };
  return (
    <>
      {reportFormats.map(({ format, label }) => (
        <Download
          key={format}
          route={balance.countyReport}
          input={{ ...input, query: { ...input.query, format } }}
          kind="quiet"
        >
          {label}
        </Download>
      ))}
      {run && data.kind.compliance && (
        <Download route={balance.complianceForm} input={input}>
          表Ⅱ
        </Download>
      )}
      {run && (
        <>
          <Download route={balance.balanceForm} input={input}>
            表Ⅲ
          </Download>
          <Download route={balance.stripData} input={input}>
            逐校数值
          </Download>
        </>
      )}
    </>
  );
}
