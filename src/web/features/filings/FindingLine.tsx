import style from './FindingLine.module.css';
import type { Finding } from './filing-cell.ts';

/** One finding with its mark: ✕ forbids submitting, ▲ needs an explanation, △ has one. */
export function FindingLine({ finding }: { finding: Finding }) {
  const settled = finding.explanation !== null;
  return (
    <p className={style.finding}>
      <span data-tone={finding.weight === 'hard' ? 'fails' : 'look'}>
        <span aria-hidden="true">{finding.weight === 'hard' ? '✕' : settled ? '△' : '▲'}</span>
        <span className="visually-hidden">
          {finding.weight === 'hard' ? '错误：' : settled ? '疑点，已说明：' : '疑点：'}
        </span>
      </span>
      <span>{finding.sentence}</span>
    </p>
  );
}
