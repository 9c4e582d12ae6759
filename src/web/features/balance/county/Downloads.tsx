import * as balance from '#contract/balance/balance.ts';
import { Download } from '#web/shared/kit/action/Download.tsx';
import type { CountyResult } from '../balance.words.ts';

/** The official forms and the data behind the figures, exactly of the run that is shown. */
export function Downloads({ data }: { data: CountyResult }) {
  if (!data.run) return null;
  const input = { params: { countyId: data.county.id }, query: { run: data.run.id } };
  return (
    <>
      {data.kind.compliance && (
        <Download route={balance.complianceForm} input={input}>
          表Ⅱ
        </Download>
      )}
      <Download route={balance.balanceForm} input={input}>
        表Ⅲ
      </Download>
      <Download route={balance.stripData} input={input}>
        逐校数值
      </Download>
    </>
  );
}
