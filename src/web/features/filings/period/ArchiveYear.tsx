import * as periods from '#contract/filings/periods.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import type { Period } from './PeriodDates.tsx';

/** Archives a school year: the dialog says first what is not ended, and what can be read only afterwards. */
export function ArchiveYear({ period, onClose }: { period: Period; onClose: () => void }) {
  const params = { periodId: period.id };
  const year = schoolYearName(period.schoolYear);
  const unfinished = useRead(periods.previewArchiving, { params });
  const archive = useAct(periods.archive, { done: `${year}已归档，此后只能查阅`, onDone: onClose });
  const tracks = unfinished.data?.openTracks;
  return (
    <Dialog
      open
      title={`归档 ${year}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="danger"
            busy={archive.busy}
            disabled={tracks !== 0}
            onClick={() => void archive.act({ params })}
          >
            归档学年
          </Button>
        </>
      }
    >
      <Loaded of={unfinished}>
        {({ unaccepted, openTracks }) =>
          openTracks > 0 ? (
            <p role="alert">
              还有 {formatNumber(openTracks)} 个县（市、区）的均衡跟踪没有办结，不能归档。请先在“均衡跟踪”中办结或取消。
            </p>
          ) : (
            <Stack>
              <p>
                归档后，{year}
                的应报名单、填报数据、均衡测算、省公布数据和均衡跟踪只能查阅和导出，连同当时所用的标准版本一起保留。
              </p>
              <p>问题台账、公文和工作计划不在其内：没有销号的问题照常整改，直到销号。</p>
              {unaccepted > 0 && (
                <p>▲ 有 {formatNumber(unaccepted)} 份填报没有接收，归档后不再办理，数据停在现在的样子。</p>
              )}
            </Stack>
          )
        }
      </Loaded>
    </Dialog>
  );
}
