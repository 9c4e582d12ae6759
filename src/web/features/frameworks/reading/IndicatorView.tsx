import { type Edition, type Indicator, isGenerated } from '#domain/framework/edition.ts';
import { adjustWords, methodWords, mustWords, rollUpWords, thresholdText } from '#domain/framework/method.words.ts';
import { pointsText, titleOf } from '#web/shared/framework/indicator.words.ts';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { generatedWords, ratersText } from '../framework.words.ts';
import style from './IndicatorView.module.css';

interface IndicatorViewProps {
  edition: Edition;
  indicator: Indicator;
  /** Each condition of the edition in words, by its text. */
  words: Readonly<Record<string, string>>;
}

/** One indicator: what it asks, how it is scored, and on what it rests. */
export function IndicatorView({ edition, indicator, words }: IndicatorViewProps) {
  const children = edition.indicators.filter(({ parent }) => parent === indicator.code);
  const gaps = edition.gaps.filter(({ under }) => under === indicator.code);
  const method = methodWords(indicator, words);
  const generates = isGenerated(indicator) && children.length === 0;
  return (
    <Section title={`${indicator.code}　${titleOf(indicator)}`}>
      {indicator.parent !== null && <p className={`${style.path} caption`}>{pathOf(edition, indicator).join(' › ')}</p>}
      <Facts
        items={[
          ['分值', <PointsFact key="points" indicator={indicator} />],
          indicator.weight !== undefined && [
            '权重',
            indicator.weight ?? <Missing key="weight" reason="没有见到权重" />,
          ],
          children.length > 0 && ['合成', rollUpWords(indicator.rollUp)],
          indicator.must && ['必达', mustWords(indicator.must), 'wide'],
          indicator.threshold !== undefined && ['标准', thresholdText(indicator.threshold, indicator.unit), 'wide'],
          indicator.text !== undefined && [
            '内容',
            <span key="text" className={style.text}>
              {indicator.text}
            </span>,
            'wide',
          ],
          indicator.formula !== undefined && ['公式', <code key="formula">{indicator.formula}</code>, 'wide'],
          indicator.applies !== undefined && ['适用', <code key="applies">{indicator.applies}</code>, 'wide'],
          indicator.evidence !== undefined && ['佐证材料', indicator.evidence, 'wide'],
          generates && ['下级指标', generatedWords, 'wide'],
          indicator.photos !== undefined && ['照片', `至少 ${indicator.photos} 张`],
          indicator.responsible !== undefined && ['责任单位', indicator.responsible],
          indicator.rater !== undefined && ['评分方', ratersText(indicator.rater)],
          indicator.basis !== undefined && ['依据', indicator.basis, 'wide'],
          indicator.note !== undefined && ['说明', indicator.note, 'wide'],
        ]}
      />
      {children.length === 0 && !generates && (
        <>
          <h3 className={style.name}>{method.name}</h3>
          <ul className={style.rules}>
            {[...method.lines, ...(indicator.adjust ?? []).map((one) => adjustWords(one, words))].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      {gaps.length > 0 && (
        <>
          <h3 className={style.name}>未见的内容</h3>
          <ul className={style.rules}>
            {gaps.map(({ title, points, note }) => (
              <li key={title}>
                {title}（{points === null ? '分值未见' : `${points} 分`}）：{note}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function PointsFact({ indicator }: { indicator: Indicator }) {
  const text = pointsText(indicator.points);
  if (text === undefined) return <Missing reason="文件中没有见到分值" />;
  return <>{indicator.reading ? `${text}（推读，并非原文）` : text}</>;
}

function pathOf({ indicators }: Edition, { parent }: Indicator): string[] {
  const byCode = new Map(indicators.map((one) => [one.code, one]));
  const path: string[] = [];
  for (let at = byCode.get(parent ?? ''); at !== undefined; at = byCode.get(at.parent ?? '')) {
    path.unshift(`${at.code} ${titleOf(at)}`);
  }
  return path;
}
