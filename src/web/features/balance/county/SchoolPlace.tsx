import { useState } from 'react';
import type { z } from 'zod';
import * as balance from '#contract/balance/balance.ts';
import { ratioText } from '#domain/balance/report/figure-text.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { StripPlot } from '#web/shared/chart/StripPlot.tsx';
import type { StripDot } from '#web/shared/chart/strip-layout.ts';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { firstStandard } from '../balance.words.ts';
import { verdictMarks } from '../desk/state-marks.ts';
import style from './SchoolPlace.module.css';

type Level = z.output<typeof balance.schoolPlace>['levels'][number];
type Year = Level['years'][number];
type Place = Year['indicators'][number];

/** For the school page: the school's position among the schools of its county on each indicator, over the years. */
export default function SchoolPlace({ schoolId, year }: { schoolId: number; year: number | null }) {
  const [standard, setStandard] = useState(firstStandard);
  const standards = useRead(balance.standards, {});
  const place = useRead(balance.school, { params: { schoolId }, query: { standard } }, { keepPrevious: true });
  const newest = standards.data?.standards.filter((one) => one.newest) ?? [];
  return (
    <Section title="在本单位同学段学校中的位置" note="深色圆点是本校，其他学校不具名">
      <Tabs
        label="按哪个标准"
        tabs={
          newest.length > 0
            ? newest.map(({ key, shortName }) => ({ key, label: shortName }))
            : [{ key: standard, label: '…' }]
        }
        value={standard}
        onChange={setStandard}
      >
        <Loaded of={place} shape="figure">
          {(data) =>
            data.levels.length === 0 ? (
              <Empty title="还没有测算结果">没有义务教育学段，或本校的填报还没有批准。</Empty>
            ) : (
              data.levels.map((level) => (
                <LevelPlace key={level.level} level={level} year={year} several={data.levels.length > 1} />
              ))
            )
          }
        </Loaded>
      </Tabs>
    </Section>
  );
}

function LevelPlace({ level, year, several }: { level: Level; year: number | null; several: boolean }) {
  const shown = level.years.find((one) => one.year === year) ?? level.years[0];
  if (!shown) return null;
  const empty = shown.indicators.every(({ value }) => value === null);
  return (
    <div className={style.level}>
      <p className={style.head}>
        {several && <strong>{level.levelName}</strong>}
        <span>{schoolYearName(shown.year)}</span>
        {empty && shown.excludedReason === null ? (
          <span>本校这一学年的填报还没有批准，暂无本校数值</span>
        ) : (
          <Standing year={shown} />
        )}
      </p>
      {shown.excludedReason === null && (
        <ul className={style.places}>
          {shown.indicators.map((indicator) => (
            <IndicatorPlace key={indicator.key} level={level} indicator={indicator} year={shown} quiet={empty} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Standing({ year }: { year: Year }) {
  if (year.excludedReason !== null) return <span>本校不计入测算：{year.excludedReason}</span>;
  return (
    <>
      {year.pass !== null && <StateMark state={year.pass ? verdictMarks.pass : verdictMarks.fail} />}
      {year.met !== null && (
        <span className="tabular">
          {year.met}/{year.indicators.length} 项达到标准
          {year.minimumRatio !== null && `，最低为标准的 ${ratioText(year.minimumRatio)}`}
        </span>
      )}
      {year.provisional && <StateMark state={verdictMarks.provisional} text="全县数据不全，暂定" />}
    </>
  );
}

interface IndicatorPlaceProps {
  level: Level;
  indicator: Place;
  year: Year;
  /** The school has no figure at all this year; the page says so once above. */
  quiet: boolean;
}

function IndicatorPlace({ level, indicator, year, quiet }: IndicatorPlaceProps) {
  const { value, peers, decimals, unit } = indicator;
  const own: StripDot[] = value === null ? [] : [{ id: 'own', label: '本校', value, weight: 1 }];
  const at = value === null || peers === null ? -1 : peers.indexOf(value);
  const others = (peers ?? []).flatMap((peer, index): StripDot[] =>
    index === at ? [] : [{ id: `school-${index}`, label: '其他学校', value: peer, weight: 1 }],
  );
  return (
    <li>
      <h3>{indicator.name}</h3>
      <p className="tabular">
        {value === null ? (
          !quiet && <Missing reason={indicator.reason ?? '没有数值'} />
        ) : (
          <>
            {formatNumber(value, decimals)} {unit}
            {indicator.rank !== null && ` · 由高到低第 ${indicator.rank} 位，共 ${peers?.length} 所`}
            {indicator.ratio !== null && ` · 为标准的 ${ratioText(indicator.ratio)}`}
          </>
        )}
      </p>
      {peers === null && value !== null && <p className="caption">同学段学校不足 5 所，不显示其他学校。</p>}
      {(others.length > 0 || own.length > 0) && (
        <StripPlot
          sentence={`${indicator.name}：${value === null ? '本校没有数值' : `本校 ${formatNumber(value, decimals)}`}，${year.schools} 所学校`}
          dots={[...others, ...own]}
          unit={unit}
          decimals={decimals}
          mean={indicator.mean}
          threshold={indicator.threshold}
          floor={indicator.floor}
          weighted={false}
          own="own"
        />
      )}
      {indicator.trace !== null && (
        <details className={style.trace}>
          <summary>怎么算的</summary>
          {indicator.formula !== null && <p className="caption">{indicator.formula}</p>}
          <p className="tabular">{indicator.trace}</p>
        </details>
      )}
      <Years level={level} indicatorKey={indicator.key} decimals={decimals} />
    </li>
  );
}

/** The same figure in the other years, oldest first. */
function Years({ level, indicatorKey, decimals }: { level: Level; indicatorKey: string; decimals: number }) {
  const years = [...level.years].reverse().flatMap((year) => {
    const found = year.indicators.find(({ key }) => key === indicatorKey);
    return found
      ? [{ year: year.year, value: found.value, rank: found.rank, schools: found.peers?.length ?? null }]
      : [];
  });
  if (years.length < 2) return null;
  return (
    <p className={`caption tabular ${style.years}`}>
      {years.map(({ year, value, rank, schools }) => (
        <span key={year}>
          {year}：{value === null ? '—' : formatNumber(value, decimals)}
          {rank !== null && `（${rank}/${schools}）`}
        </span>
      ))}
    </p>
  );
}
