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
        每个对象 {formatNumber(leaves)} 项指标：要填写 {formatNumber(byPeople)} 项
        {leaves > 0 && `（${formatPercent(byPeople / leaves)}）`}，{formatNumber(selfFilled)} 项由数据计分
        {facts > 0 &&
          `，所需的 ${formatNumber(facts)} 个数据平台已有 ${formatNumber(known)} 个，还要答 ${formatNumber(asked)} 个（答一次，各项指标共用）`}
        ；共约 {hoursText(subjectHours)}。{formatNumber(subjects)} {subjectWord(kind)}的材料由督导组评审，共约{' '}
        {hoursText(panelHours)}。
      </p>
      <Bar
        title="指标"
        unit="项"
        parts={[
          { tone: 'data', count: selfFilled, title: '由数据计分' },
          { tone: 'asked', count: byPeople, title: '要填写' },
        ]}
      />
      {facts > 0 && (
        <Bar
          title="数据"
          unit="个"
          parts={[
            { tone: 'data', count: known, title: '平台已有' },
            { tone: 'asked', count: asked, title: '还要答' },
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

/** A whole and its parts, each as long as its number and with it in words. */
function Bar({ title, unit, parts }: BarProps) {
  return (
    <div className={style.line}>
      <span className={style.name}>{title}</span>
      <div>
        <div className={style.bar} aria-hidden="true">
          {parts
            .filter(({ count }) => count > 0)
            .map(({ tone, count }) => (
              <span key={tone} className={style[tone]} style={{ flexGrow: count }} />
            ))}
        </div>
        <ul className={style.words}>
          {parts.map(({ tone, count, title: what }) => (
            <li key={tone}>
              <span className={`${style.swatch} ${style[tone]}`} aria-hidden="true" />
              {what} {formatNumber(count)} {unit}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
