import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { levelSummary, overview } from '#contract/balance/balance.ts';
import { cvText, distanceText, limitText } from '#domain/balance/report/figure-text.ts';
import { SparkBars } from '#web/shared/chart/SparkBars.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useNarrow } from '#web/shared/page/useNarrow.ts';
import type { OverviewRow } from '../balance.words.ts';
import { verdictMarks } from '../desk/state-marks.ts';
import style from './OverviewTable.module.css';

type Overview = z.output<typeof overview.output>;
type Level = z.output<typeof levelSummary>;

interface OverviewTableProps {
  data: Overview;
  active: string | null;
  onActive: (id: string | null) => void;
}

/** Thirteen rows without pages: a plain table with its coefficients as small multiples under one limit line. */
export function OverviewTable({ data, active, onActive }: OverviewTableProps) {
  const narrow = useNarrow();
  const levels = data.rows.find((row) => row.levels.length > 0)?.levels ?? [];
  if (narrow) return <OverviewList data={data} />;
  return (
    <div className={`scroller ${style.tableBox}`}>
      <table className={style.table}>
        <caption className="visually-hidden">
          {data.standard.name}：各单位差异系数、学校达标、结论与距离，红线为限值
        </caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              单位
            </th>
            {levels.map((level) => (
              <th key={level.level} scope="colgroup" colSpan={2} className={style.group}>
                {level.levelName}
              </th>
            ))}
            <th scope="col" rowSpan={2}>
              结论
            </th>
            <th scope="col" rowSpan={2}>
              最紧的一项
            </th>
          </tr>
          <tr>
            {levels.map((level) => (
              <LevelHead key={level.level} level={level} compliance={data.kind.compliance} />
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr
              key={row.countyId}
              className={String(row.countyId) === active ? style.active : undefined}
              onMouseEnter={() => onActive(String(row.countyId))}
              onMouseLeave={() => onActive(null)}
            >
              <th scope="row">
                <CountyLink row={row} />
              </th>
              {row.levels.length === 0 && levels.length > 0 && (
                <td colSpan={levels.length * 2} className="soft">
                  还没有已批准的填报
                </td>
              )}
              {row.levels.map((level) => (
                <LevelCells key={level.level} level={level} compliance={data.kind.compliance} />
              ))}
              <td>
                <StateMark state={verdictMarks[row.verdict]} text={shortVerdict(row)} />
              </td>
              <td className={style.tightest}>
                <Tightest row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LevelHead({ level, compliance }: { level: Level; compliance: boolean }) {
  return (
    <>
      <th scope="col" className={style.spark}>
        {level.indicators.length} 项差异系数
      </th>
      <th scope="col" className="numbers">
        {compliance ? '达标学校' : '综合'}
      </th>
    </>
  );
}

function LevelCells({ level, compliance }: { level: Level; compliance: boolean }) {
  return (
    <>
      <td className={style.spark}>
        <SparkBars bars={barsOf(level)} common={level.compositeLimit} />
      </td>
      <td className="numbers">{compliance ? <Share level={level} /> : <Composite level={level} />}</td>
    </>
  );
}

function barsOf(level: Level) {
  return level.indicators.map(({ shortName, cv, limit, pass }) => ({ name: shortName, value: cv, limit, pass }));
}

function Share({ level }: { level: Level }) {
  if (!level.compliance || level.compliance.judged === 0) return <Missing reason="没有可判定的学校" />;
  const { judged, passed } = level.compliance;
  return (
    <span className={passed < judged ? style.short : undefined}>
      {passed}/{judged}
    </span>
  );
}

function Composite({ level }: { level: Level }) {
  if (level.compositeCv === null) return <Missing reason="综合差异系数无法计算" />;
  return (
    <span className={level.compositePass === false ? style.short : undefined}>
      {cvText(level.compositeCv, level.compositeLimit)}
    </span>
  );
}

function shortVerdict(row: OverviewRow): string {
  if (row.verdict === 'provisional') return `暂定，缺 ${row.missingSchools} 校`;
  return { pass: '达标', fail: '不达标', unavailable: '无法计算' }[row.verdict];
}

function Tightest({ row }: { row: OverviewRow }) {
  const points = row.levels.flatMap((level) => (level.tightest ? [{ ...level.tightest, level: level.levelName }] : []));
  const point = points.sort((a, b) => a.distance - b.distance)[0];
  if (!point) return <Missing reason={row.sentence} />;
  return (
    <>
      <span className={`tabular ${point.pass ? 'soft' : style.short}`}>
        {cvText(point.cv, point.limit)} {point.pass ? '≤' : '>'} {limitText(point.limit)}
      </span>
      <span className="visually-hidden">{distanceText(point.distance)}</span>
      <span>
        {point.level} {point.name}
      </span>
    </>
  );
}

function CountyLink({ row }: { row: OverviewRow }) {
  return (
    <Link to="/balance/county" search={(before: object) => ({ ...before, unit: row.countyId, figure: undefined })}>
      {row.shortName}
    </Link>
  );
}

/** On a phone: the unit, its verdict, the sentence. */
function OverviewList({ data }: { data: Overview }) {
  return (
    <ul className={style.list}>
      {data.rows.map((row) => (
        <li key={row.countyId}>
          <div>
            <CountyLink row={row} />
            <StateMark state={verdictMarks[row.verdict]} text={shortVerdict(row)} />
          </div>
          <div className={style.listFigures}>
            {row.levels.map((level) => (
              <span key={level.level}>
                {level.levelName}
                <SparkBars bars={barsOf(level)} common={level.compositeLimit} />
                <span className="tabular">
                  {data.kind.compliance ? <Share level={level} /> : <Composite level={level} />}
                </span>
              </span>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
