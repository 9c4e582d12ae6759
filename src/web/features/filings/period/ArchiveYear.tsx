import * as periods from '#contract/filings/periods.ts';
import type { RouteOutput } from '#contract/route.ts';
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
  const before = useRead(periods.previewArchiving, { params });
  const archive = useAct(periods.archive, { done: `${year}已归档，此后只能查阅`, onDone: onClose });
  const mayArchive = before.data?.isOver === true && before.data.unfinished.every(({ bars }) => !bars);
  return (
    <Dialog
      open
      title={`归档 ${year}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button kind="danger" busy={archive.busy} disabled={!mayArchive} onClick={() => void archive.act({ params })}>
            归档学年
          </Button>
        </>
      }
    >
      <Loaded of={before}>
        {({ isOver, endsOn, unfinished }) => {
          const barring = unfinished.filter(({ bars }) => bars);
          const left = unfinished.filter(({ bars }) => !bars);
          return (
            <Stack>
              {!isOver && (
                <p role="alert">
                  {year}到 {endsOn} 才结束，结束后方可归档。
                </p>
              )}
              {barring.length > 0 && (
                <div role="alert">
                  <p>不能归档，还有：</p>
                  <Lines of={barring} />
                </div>
              )}
              {mayArchive && (
                <>
                  <p>
                    归档后，{year}
                    的应报名单、填报数据、均衡测算、省公布数据和均衡跟踪只能查阅和导出，连同当时所用的标准版本一起保留。
                  </p>
                  <p>问题台账、公文和工作计划不在其内：没有销号的问题照常整改，直到销号。各县（市、区）会收到通知。</p>
                </>
              )}
              {left.length > 0 && (
                <div>
                  <p>▲ 归档后不再办理，停在现在的样子：</p>
                  <Lines of={left} />
                </div>
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Dialog>
  );
}

type Unfinished = RouteOutput<typeof periods.previewArchiving>['unfinished'][number];

function Lines({ of }: { of: readonly Unfinished[] }) {
  return (
    <ul>
      {of.map(({ kind, count, title, names, way }) => (
        <li key={kind}>
          {formatNumber(count)} {title}
          {names.length > 0 && `：${names.join('、')}`}
          {way !== null && `（${way}）`}
        </li>
      ))}
    </ul>
  );
}
