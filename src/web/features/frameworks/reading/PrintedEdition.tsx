import type { Edition } from '#domain/framework/edition.ts';
import { methodWords, rollUpWords } from '#domain/framework/method.words.ts';
import { pointsText, titleOf } from '#web/shared/framework/indicator.words.ts';
import style from './RulesView.module.css';

interface PrintedEditionProps {
  edition: Edition;
  words: Readonly<Record<string, string>>;
}

/** The whole tree on paper: the page itself shows one indicator at a time. */
export function PrintedEdition({ edition, words }: PrintedEditionProps) {
  const parents = new Set(edition.indicators.map(({ parent }) => parent));
  return (
    <div className="print-only">
      <table className={style.table}>
        <caption>指标和计分办法</caption>
        <thead>
          <tr>
            <th scope="col">编号</th>
            <th scope="col">指标</th>
            <th scope="col">分值</th>
            <th scope="col">计分办法</th>
            <th scope="col">佐证材料</th>
          </tr>
        </thead>
        <tbody>
          {edition.indicators.map((indicator) => {
            const { name, lines } = methodWords(indicator, words);
            const isParent = parents.has(indicator.code);
            return (
              <tr key={indicator.code}>
                <td>{indicator.code}</td>
                <td>{titleOf(indicator)}</td>
                <td>{pointsText(indicator.points) ?? '未见'}</td>
                <td>{isParent ? rollUpWords(indicator.rollUp) : `${name}：${lines.join('；')}`}</td>
                <td>{indicator.evidence ?? ''}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
