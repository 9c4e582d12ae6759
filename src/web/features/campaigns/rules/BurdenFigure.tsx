import type { EvaluationKind } from '#domain/evaluation/lists.ts';
import { formatNumber, formatPercent } from '#web/shared/words/format.ts';
import { hoursText, subjectWord } from '../campaign.words.ts';
import type { Burden } from '../campaign-reply.ts';
import style from './BurdenFigure.module.css';

interface BurdenFigureProps {
  burden: Burden;
  kind: EvaluationKind;
  subjects: number;
}

/** The leaves of one subject by who fills them, the facts that are still asked, and the hours that are left for people. */
export function BurdenFigure({ burden, kind, subjects }: BurdenFigureProps) {
  const { leaves, selfFilled, known, asked, subjectHours, panelHours } = burden;
  const byPeople = leaves - selfFilled;
  const facts = known + asked;
  return (
    <>
      <p>
        每个对象 {formatNumber(leaves)} 项指标，{formatNumber(selfFilled)} 项由数据自动取得，要填写{' '}
        {formatNumber(byPeople)} 项{leaves > 0 && `（${formatPercent(byPeople / leaves)}）`}
        {asked > 0 && `；另有 ${formatNumber(asked)} 个数据平台还没有，要答一次`}；共约 {hoursText(subjectHours)}。
        {formatNumber(subjects)} {subjectWord(kind)}的材料由督导组评审，共约 {hoursText(panelHours)}。
      </p>
      <Bar
        title="指标"
        unit="项"
        parts={[
          { tone: 'data', count: selfFilled, title: '数据自动取得' },
          { tone: 'asked', count: byPeople, title: '要填写' },
        ]}
      />
      {facts > 0 && (
        <Bar
          title="数据"
          unit="个"
          parts={[
            { tone: 'data', count: known, title: '以前已经答过' },
            { tone: 'asked', count: asked, title: '要答一次' },
          ]}
        />
      )}
      <p className="caption">工时按各类指标的平均用时估算；各对象不同时取平均。</p>
    </>
  );
}

interface BarProps {
  title: string;
  unit: string;
  parts: ReadonlyArray<{ tone: 'data' | 'asked'; count: number; title: string }>;
}

/** A whole and its parts, each with its number. */
function Bar({ title, unit, parts }: BarProps) {
  const shown = parts.filter(({ count }) => count > 0);
  return (
    <div className={style.line}>
      <span className={style.name}>{title}</span>
      <div className={style.bar}>
        {shown.map(({ tone, count, title: what }) => (
          <span key={tone} className={style.part} style={{ flexGrow: count }}>
            <span className={`${style.fill} ${style[tone]}`} aria-hidden="true" />
            <span className={style.words}>
              {what} {formatNumber(count)} {unit}
            </span>
          </span>
        ))}
      </div>
    </div>
  );
}
