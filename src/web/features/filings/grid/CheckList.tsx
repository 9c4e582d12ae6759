import { useMemo } from 'react';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import type { Finding } from '../filing-cell.ts';
import type { GridRow } from '../filing-drafts.ts';
import style from './CheckList.module.css';

interface CheckListProps {
  /** The rows that have been checked. */
  rows: readonly GridRow[];
  total: number;
  /** The number of schools without the filters; undefined where nothing is filtered. */
  unfiltered: number | undefined;
  onJump: (filingId: string, field: string) => void;
}

interface Line {
  row: GridRow;
  field: string;
  sentence: string;
}

/** A county can make the list longer than anybody reads, so it is cut here; the count still includes all findings. */
const mostLines = 200;

/** 检查: the findings in all rows, by weight; each line leads to its cell. */
export function CheckList({ rows, total, unfiltered, onJump }: CheckListProps) {
  const parts = useMemo(() => partsOf(rows), [rows]);
  const whole = rows.length >= total;
  if (whole && parts.every((part) => part.lines.length === 0)) {
    return (
      <Empty title="没有错误，也没有疑点">
        <p>{rangeWords(total, unfiltered)}</p>
      </Empty>
    );
  }
  return (
    <div className={style.checks} aria-busy={!whole || undefined}>
      <p className="caption">{rangeWords(total, unfiltered)}</p>
      {!whole && (
        <p className="caption" role="status">
          正在检查：{formatNumber(rows.length)} / {formatNumber(total)} 所
        </p>
      )}
      {parts.map(
        (part) =>
          part.lines.length > 0 && (
            <details key={part.title} open={part.open}>
              <summary>
                <span data-tone={part.tone} aria-hidden="true">
                  {part.glyph}
                </span>{' '}
                {part.title} {formatNumber(part.lines.length)}
              </summary>
              <ul>
                {part.lines.slice(0, mostLines).map((line) => (
                  <li key={`${line.row.id} ${line.field} ${line.sentence}`}>
                    <button type="button" onClick={() => onJump(line.row.id, line.field)}>
                      <span className={style.checkPlace}>{line.row.school.name}</span>
                      <span>{line.sentence}</span>
                    </button>
                  </li>
                ))}
              </ul>
              {part.lines.length > mostLines && <p className="caption">只列出前 {mostLines} 条，处理后会显示其余。</p>}
            </details>
          ),
      )}
    </div>
  );
}

/** What the check covers: the filters of the page narrow it too. */
function rangeWords(total: number, unfiltered: number | undefined): string {
  if (unfiltered === undefined) return `检查范围：全部 ${formatNumber(total)} 所，所有数据项`;
  return `检查范围：筛选出的 ${formatNumber(total)} 所（共 ${formatNumber(unfiltered)} 所），所有数据项`;
}

function partsOf(rows: readonly GridRow[]) {
  const lines = (take: (finding: Finding) => boolean): Line[] =>
    rows.flatMap((row) =>
      row.findings.filter(take).map((finding) => ({ row, field: finding.fields[0] ?? '', sentence: finding.sentence })),
    );
  const missing = rows.flatMap((row): Line[] => {
    const own = row.findings.filter((finding) => finding.code === 'required');
    const field = own[0]?.fields[0];
    return field ? [{ row, field, sentence: `还有 ${own.length} 项没有填` }] : [];
  });
  return [
    {
      title: '错误',
      glyph: '✕',
      tone: 'fails',
      open: true,
      lines: lines((finding) => finding.weight === 'hard' && finding.code !== 'required'),
    },
    {
      title: '疑点待说明',
      glyph: '▲',
      tone: 'look',
      open: true,
      lines: lines((finding) => finding.weight === 'soft' && finding.explanation === null),
    },
    { title: '没有填齐的学校', glyph: '◌', tone: 'faint', open: false, lines: missing },
    {
      title: '疑点已说明',
      glyph: '△',
      tone: 'look',
      open: false,
      lines: lines((finding) => finding.weight === 'soft' && finding.explanation !== null),
    },
  ];
}
