import { useMemo } from 'react';
import { cvText, distanceText, limitText, ratioText } from '#domain/balance/report/figure-text.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { ContributionBars } from '#web/shared/chart/ContributionBars.tsx';
import { ScalePath } from '#web/shared/chart/ScalePath.tsx';
import { StripPlot } from '#web/shared/chart/StripPlot.tsx';
import type { StripDot } from '#web/shared/chart/strip-layout.ts';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatNumber, formatPercent } from '#web/shared/words/format.ts';
import type { IndicatorResult, LevelResult } from '../balance.words.ts';
import { SchoolLink } from '../balance-links.tsx';
import { verdictMarks } from '../desk/state-marks.ts';
import style from './IndicatorFigure.module.css';

interface IndicatorFigureProps {
  level: LevelResult;
  indicator: IndicatorResult;
  plain: boolean;
  ownOnly: boolean;
  active: string | null;
  onActive: (id: string | null) => void;
  onOpen: (id: string) => void;
}

/**
 * One indicator: its sentence, every school on the strip, the coefficient on its scale, and each school's contribution.
 */
export function IndicatorFigure(props: IndicatorFigureProps) {
  const { level, indicator, plain } = props;
  const sentence = sentenceOf(indicator, plain);
  return (
    <section className={style.indicator} aria-label={indicator.name}>
      <header className={style.head}>
        <h3>{indicator.name}</h3>
        <p>
          {indicator.pass !== null && (
            <StateMark
              state={indicator.pass ? verdictMarks.pass : verdictMarks.fail}
              text={indicator.pass ? '不超限' : '超限'}
            />
          )}
          <span className="tabular">{sentence}</span>
        </p>
      </header>
      <div className={style.figures}>
        <div className={style.main}>
          <Strip {...props} sentence={`${level.levelName}${indicator.name}：${sentence}`} />
          {/* Where nothing differs, nobody contributes to it. */}
          {indicator.contributions.some(({ share }) => share > 0) && (
            <details className={style.contributions} open={indicator.pass === false}>
              <summary>对差异贡献最大的 {indicator.contributions.length} 所学校</summary>
              <ContributionBars
                unit={indicator.unit}
                decimals={indicator.decimals}
                active={props.active}
                onActive={props.onActive}
                contributions={indicator.contributions.map((line) => ({
                  id: String(line.schoolId),
                  name: <SchoolLink schoolId={line.schoolId}>{line.name}</SchoolLink>,
                  share: line.share,
                  value: line.value,
                  side: line.side,
                }))}
              />
            </details>
          )}
        </div>
        <div>
          <p className="caption">差异系数历年走向</p>
          <ScalePath
            sentence={pathSentence(indicator)}
            limit={indicator.limit}
            points={indicator.trend.map(({ cv, ...point }) => ({ ...point, value: cv }))}
          />
        </div>
      </div>
    </section>
  );
}

function Strip(props: IndicatorFigureProps & { sentence: string }) {
  const { level, indicator, plain, ownOnly, active, onActive, onOpen, sentence } = props;
  const { key, anonymous } = indicator;
  const named = useMemo(
    () =>
      level.rows.flatMap((row): StripDot[] => {
        const value = row.values[key];
        if (value === null || value === undefined) return [];
        const standing = row.reached.includes(key) ? 'holds' : row.nearly.includes(key) ? 'look' : 'fails';
        return [{ id: String(row.schoolId), label: row.name, value, weight: row.pupils ?? 0, standing }];
      }),
    [level.rows, key],
  );
  const own = named[0];
  const dots = useMemo(() => (ownOnly ? nameless(anonymous, own) : named), [ownOnly, anonymous, own, named]);
  const common = {
    sentence,
    dots,
    unit: indicator.unit,
    decimals: indicator.decimals,
    mean: plain ? indicator.unweighted.mean : indicator.mean,
    threshold: indicator.threshold,
    floor: indicator.floor,
  };
  if (dots.length === 0) return <p className="soft">{indicator.reason ?? '学校过少，不显示分布。'}</p>;
  if (ownOnly) {
    return (
      <>
        <StripPlot {...common} weighted={false} {...(own ? { own: own.id } : {})} />
        <Own level={level} indicator={indicator} />
      </>
    );
  }
  return (
    <StripPlot
      {...common}
      weighted={!plain}
      active={active}
      onActive={onActive}
      onOpen={onOpen}
      describe={(dot) => <Details level={level} indicator={indicator} id={dot.id} />}
    />
  );
}

function Own({ level, indicator }: { level: LevelResult; indicator: IndicatorResult }) {
  const row = level.rows[0];
  const value = row?.values[indicator.key];
  if (!row || value === null || value === undefined) {
    return <p className="soft">本校没有数值：{row?.reasons[indicator.key] ?? '不计入本学段'}</p>;
  }
  const ratio = row.ratios[indicator.key];
  return (
    <p className="tabular">
      本校 {formatNumber(value, indicator.decimals)} {indicator.unit}
      {ratio !== null && ratio !== undefined && `，为标准的 ${ratioText(ratio)}`}
    </p>
  );
}

/** The county's schools without names, except the reader's own. */
function nameless(values: readonly number[] | null, own: StripDot | undefined): StripDot[] {
  if (values === null) return own ? [own] : [];
  const at = own ? values.indexOf(own.value) : -1;
  const others = values.flatMap((value, index) =>
    index === at ? [] : [{ id: `school-${index}`, label: '其他学校', value, weight: 1 }],
  );
  return own ? [...others, own] : others;
}

function Details({ level, indicator, id }: { level: LevelResult; indicator: IndicatorResult; id: string }) {
  const row = level.rows.find((candidate) => String(candidate.schoolId) === id);
  if (!row) return null;
  const ratio = row.ratios[indicator.key];
  const share = row.shares[indicator.key];
  return (
    <>
      <span>
        学生 {row.pupils === null ? '—' : formatNumber(row.pupils)} 人
        {ratio !== null && ratio !== undefined && ` · 为标准的 ${ratioText(ratio)}`}
      </span>
      {share !== null && share !== undefined && <span>占全部差异的 {formatPercent(share, share < 0.1 ? 1 : 0)}</span>}
    </>
  );
}

function sentenceOf(indicator: IndicatorResult, plain: boolean): string {
  if (indicator.cv === null || indicator.mean === null) return `差异系数无法计算：${indicator.reason ?? '没有数据'}`;
  if (plain) {
    const { mean, cv } = indicator.unweighted;
    return `不加权：均值 ${mean === null ? '—' : formatNumber(mean, indicator.decimals)}，差异系数 ${cv === null ? '—' : cvText(cv)}（标准只看加权的 ${cvText(indicator.cv, indicator.limit)}）`;
  }
  const against =
    indicator.limit === null || indicator.distance === null
      ? ''
      : `，限值 ${limitText(indicator.limit)}，${distanceText(indicator.distance)}`;
  const below =
    indicator.belowThreshold === null
      ? ''
      : indicator.belowThreshold === 0
        ? '；各校都达到标准值'
        : `；${indicator.belowThreshold} 所低于标准值`;
  return `差异系数 ${cvText(indicator.cv, indicator.limit)}${against}${below}`;
}

function pathSentence(indicator: IndicatorResult): string {
  const points = indicator.trend.map(
    ({ year, cv }) => `${schoolYearName(year)} ${cv === null ? '无法计算' : cvText(cv, indicator.limit)}`,
  );
  return `${indicator.name}差异系数：${points.join('，')}`;
}
