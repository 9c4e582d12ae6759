import { useState } from 'react';
import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import type { Period } from './PeriodDates.tsx';
import { sumOf } from './progress.words.ts';

/** Takes a year back that was opened by mistake: the dialog counts first what stands in it. */
export function WithdrawPeriod({ period, onClose }: { period: Period; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const progress = useRead(filings.progress, { query: { year: period.schoolYear } });
  const withdraw = useAct(periods.withdraw, {
    done: ({ schools }) => `已撤销${period.name}，${formatNumber(schools)} 份空白填报一并撤销`,
    onDone: onClose,
  });
  const counts = progress.data && sumOf(progress.data.rows);
  const begun = counts === undefined ? 0 : counts.owes - counts.untouched;
  const given = reason.trim();
  return (
    <Dialog
      open
      title={`撤销${period.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="danger"
            busy={withdraw.busy}
            disabled={counts === undefined || begun > 0}
            onClick={() =>
              void withdraw.act({ params: { periodId: period.id }, query: given === '' ? {} : { reason: given } })
            }
          >
            {counts === undefined || begun > 0 ? '撤销开启' : `撤销 ${formatNumber(counts.owes)} 份空白填报`}
          </Button>
        </>
      }
    >
      <Loaded of={progress}>
        {() =>
          begun > 0 ? (
            <p role="alert">
              已有 {formatNumber(begun)} 所学校填写或报送，不能撤销。不再需要这个周期时，请“结束”它；数据会保留。
            </p>
          ) : (
            <Stack>
              <p>
                只用于误开的周期。为 {formatNumber(counts?.owes ?? 0)}{' '}
                所学校建立的填报还都是空白，连同固定的名单一并撤销，各页面回到原来的学年；这个学年以后可以重新开启。
              </p>
              <TextField label="撤销原因" help="留空记为“误开，尚未填报”" value={reason} onChange={setReason} />
            </Stack>
          )
        }
      </Loaded>
    </Dialog>
  );
}
