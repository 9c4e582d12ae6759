import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import * as periods from '#contract/filings/periods.ts';
import { addDays, daysBetween, schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatNumber } from '#web/shared/words/format.ts';

export type Period = z.output<typeof periods.period>;

/** Changes the dates of an open period. */
export function PeriodDates({ period, onClose }: { period: Period; onClose: () => void }) {
  const [deadline, setDeadline] = useState(period.deadline);
  const [graceDays, setGrace] = useState<number | null>(period.graceDays);
  const [cityDeadline, setCity] = useState(period.cityDeadline);
  const change = useAct(periods.change, { done: '期限已调整', onDone: onClose });
  const wrong = fault(deadline, graceDays, cityDeadline);
  return (
    <Dialog
      open
      title={`调整${period.name}的期限`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={change.busy}
            disabled={wrong !== null || graceDays === null}
            onClick={() =>
              graceDays !== null &&
              void change.act({ params: { periodId: period.id }, body: { deadline, graceDays, cityDeadline } })
            }
          >
            保存期限
          </Button>
        </>
      }
    >
      <Stack>
        <DateField label="学校填报截止" value={deadline} onChange={setDeadline} />
        <NumberField label="宽限天数" help="截止后仍可提交，记为迟交" unit="天" value={graceDays} onChange={setGrace} />
        <DateField label="县级报送截止" value={cityDeadline} onChange={setCity} />
        {wrong && <p role="alert">{wrong}</p>}
      </Stack>
    </Dialog>
  );
}

/** Opens a school year: the dialog first says what the act will do. */
export function OpenPeriod({ next, onClose }: { next: number; onClose: () => void }) {
  const { today } = useDeskContext();
  const [schoolYear, setYear] = useState<number | null>(next > 1 ? next : Number(today.slice(0, 4)));
  const [opensOn, setOpens] = useState(today);
  const [deadline, setDeadline] = useState(addDays(today, 30));
  const [graceDays, setGrace] = useState<number | null>(7);
  const [cityDeadline, setCity] = useState(addDays(today, 51));
  const open = useAct(periods.open, {
    done: ({ owes, withLastYear }) => `已开启：${owes} 所学校应报，其中 ${withLastYear} 所带有去年值`,
    onDone: onClose,
  });
  /** The other days keep their distance from this one. */
  function setOpening(day: string) {
    setOpens(day);
    if (day === '' || opensOn === '') return;
    const moved = daysBetween(opensOn, day);
    if (deadline !== '') setDeadline(addDays(deadline, moved));
    if (cityDeadline !== '') setCity(addDays(cityDeadline, moved));
  }
  const plausible = schoolYear !== null && schoolYear >= 2000 && schoolYear <= 2200;
  const asked = { year: schoolYear ?? 0, ...(opensOn ? { opensOn } : {}) };
  const preview = useRead(periods.preview, { query: asked }, { enabled: plausible });
  const wrong = fault(deadline, graceDays, cityDeadline) ?? (opensOn > deadline ? '开启日期不能晚于填报截止。' : null);
  const ready = plausible && graceDays !== null && wrong === null && preview.data !== undefined && !preview.data.exists;
  return (
    <Dialog
      open
      firm
      title="开启新学年的填报"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={open.busy}
            disabled={!ready}
            onClick={() =>
              schoolYear !== null &&
              graceDays !== null &&
              void open.act({ body: { schoolYear, opensOn, deadline, graceDays, cityDeadline } })
            }
          >
            {ready && preview.data ? `开启，${formatNumber(preview.data.owes)} 所学校应报` : '开启填报'}
          </Button>
        </>
      }
    >
      <Stack>
        <NumberField label="学年" help="填秋季开学的年份" value={schoolYear} onChange={setYear} />
        <DateField label="开启日期" value={opensOn} onChange={setOpening} />
        <DateField label="学校填报截止" value={deadline} onChange={setDeadline} />
        <NumberField label="宽限天数" help="截止后仍可提交，记为迟交" unit="天" value={graceDays} onChange={setGrace} />
        <DateField label="县级报送截止" value={cityDeadline} onChange={setCity} />
        {wrong && <p role="alert">{wrong}</p>}
        {plausible && (
          <Loaded of={preview}>
            {(data) =>
              data.exists ? (
                <p role="alert">{schoolYearName(data.schoolYear)}已经开启过，不能重复开启。</p>
              ) : (
                <div>
                  <p>
                    将为 {formatNumber(data.owes)} 所学校建立填报，名单按 {opensOn}{' '}
                    的学校信息固定；此后新设、更名的学校不影响这份名单。
                    {opensOn > today && '开启日期以前不能填写，各页面仍显示现在的学年。'}
                  </p>
                  {next === 1 && data.owes > 0 && <p>这是首个学年，没有去年值可以带入。</p>}
                  {next === 1 && data.owes === 0 && (
                    <p>
                      ▲ 还没有登记学校，开启后没有学校填报。请先<Link to="/directory/import">导入学校</Link>。
                    </p>
                  )}
                  {next > 1 && data.withLastYear < data.owes && (
                    <p>
                      ▲ {formatNumber(data.owes - data.withLastYear)}{' '}
                      所学校还没有已批准的上一学年数据，开启后不再带入去年值。
                    </p>
                  )}
                  {data.exempt.length > 0 && (
                    <p className="caption">
                      不需填报：
                      {data.exempt.map((each) => `${each.reason} ${formatNumber(each.schools)} 所`).join('、')}
                    </p>
                  )}
                </div>
              )
            }
          </Loaded>
        )}
      </Stack>
    </Dialog>
  );
}

function fault(deadline: string, graceDays: number | null, cityDeadline: string): string | null {
  if (graceDays === null || graceDays < 0 || graceDays > 90) return '宽限天数应为 0 至 90 的整数。';
  return cityDeadline < deadline ? '县级报送截止不能早于学校填报截止。' : null;
}
