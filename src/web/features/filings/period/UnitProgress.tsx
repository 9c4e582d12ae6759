import { Link } from '@tanstack/react-router';
import * as filings from '#contract/filings/filings.ts';
import { filingSituations, filingSituationTitles } from '#domain/filing/situation.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { useCanInYear } from '#web/shared/desk/year-of-page.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { tellLeft } from '#web/shared/review/DecideRest.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { filingMarks } from '../desk/state-marks.ts';
import { leftSchool } from '../filing.words.ts';
import { undoOf } from '../undo.ts';
import { owing, type Progress, type UnitRow } from './progress.words.ts';
import style from './UnitProgress.module.css';
import { useRemind, useRemindable } from './useRemind.ts';

interface UnitProgressProps {
  /** The city; the list below it asks by the same place, so that both have one answer. */
  place: { year?: number; unitId?: number };
  progress: Progress;
}

/** The city's view: how far each unit is, whom to remind, which set is ready to be accepted. */
export function UnitProgress({ place, progress }: UnitProgressProps) {
  const mayAccept = useCanInYear('filing.accept');
  const mayRemind = useCanInYear('filing.remind');
  const year = progress.period?.schoolYear;
  const remind = useRemind();
  const remindable = useRemindable({ ...place, year }, mayRemind)?.units ?? [];
  const accept = useAct(filings.acceptSet, {
    done: ({ done, remaining }) =>
      `已接收 ${done} 所${remaining > 0 ? `，该单位还有 ${remaining} 所未到可接收状态` : '，该单位已全部接收'}`,
    undo: ({ filingIds }) => undoOf('accept', filingIds, '接收'),
    onDone: ({ refused }) => tellLeft('接收', '所', refused.map(leftSchool)),
  });
  const missingOf = ({ unitId }: UnitRow) => remindable.filter((unit) => unit.unitId === unitId);
  async function acceptUnit(row: UnitRow) {
    if (year === undefined) return;
    const open = row.owes - row.approved - row.accepted;
    const sure = await confirm({
      title: `接收${row.unitName}的 ${row.approved} 份填报`,
      text: `${row.unitName}应报 ${row.owes} 所，已接收 ${row.accepted} 所。这一步接收县级已批准的 ${row.approved} 所${open > 0 ? `；其余 ${open} 所尚未批准，以后可再接收` : ''}。接收后由市级重新开放才能修改。`,
      verb: `接收 ${row.approved} 份`,
    });
    if (sure) await accept.act({ body: { year, unitId: row.unitId, expected: row.approved } });
  }
  const columns: Array<Column<UnitRow>> = [
    {
      key: 'unit',
      title: '单位',
      fact: 1,
      width: '9rem',
      cell: (row) => (
        <Link to="/filings" search={row.managedBy === 'city' ? { managedBy: 'city' } : { unit: row.unitId }}>
          {row.managedBy === 'city' ? '市直学校' : row.unitName}
        </Link>
      ),
      value: (row) => (row.managedBy === 'city' ? '市直学校' : row.unitName),
    },
    { key: 'bar', title: steps.map(([, word]) => word).join(' · '), fact: 2, cell: (row) => <Bar row={row} /> },
    {
      key: 'owes',
      title: '应报',
      align: 'end',
      width: '4rem',
      cell: (row) => formatNumber(row.owes),
      value: (row) => row.owes,
    },
    {
      key: 'owing',
      title: '未报',
      align: 'end',
      width: '4rem',
      fact: 3,
      cell: (row) => formatNumber(owing(row)),
      value: owing,
    },
    {
      key: 'overdue',
      title: filingMarks.overdue.word,
      align: 'end',
      width: '5rem',
      cell: (row) => <span data-tone={row.overdue > 0 ? 'fails' : undefined}>{row.overdue}</span>,
      value: (row) => row.overdue,
    },
    {
      key: 'doubts',
      title: '有疑点',
      align: 'end',
      width: '4.5rem',
      cell: (row) => <span data-tone={row.doubts > 0 ? 'look' : undefined}>{row.doubts}</span>,
      value: (row) => row.doubts,
    },
    {
      key: 'returned',
      title: filingSituationTitles.returned,
      align: 'end',
      width: '4.5rem',
      cell: (row) => row.returned,
      value: (row) => row.returned,
    },
  ];
  if (mayAccept || mayRemind) {
    columns.push({
      key: 'acts',
      title: '办理',
      acts: true,
      width: '14rem',
      cell: (row) => (
        <Row inline>
          {year !== undefined && missingOf(row).length > 0 && (
            <Button
              small
              busy={remind.busy}
              onClick={() => void remind.those({ year, ...filterOf(row) }, { units: missingOf(row), cityManaged: 0 })}
            >
              催报
            </Button>
          )}
          {mayAccept && row.managedBy === 'county' && row.approved > 0 && (
            <Button small busy={accept.busy} onClick={() => void acceptUnit(row)}>
              接收 {row.approved} 份
            </Button>
          )}
        </Row>
      ),
    });
  }
  return (
    <DataTable<UnitRow>
      caption="各单位填报进度"
      columns={columns}
      rows={progress.rows}
      rowKey={(row) => `${row.managedBy}-${row.unitId}`}
    />
  );
}

/** The city is the unit of the 市直 schools, and as a place it holds all others too. */
function filterOf({ unitId, managedBy }: UnitRow) {
  return { managedBy, ...(managedBy === 'county' ? { unitId } : {}) };
}

const steps = [...filingSituations].reverse().map((key) => [key, filingSituationTitles[key]] as const);

/** One bar a unit, from finished filings to those not begun; the numbers stand below it. */
function Bar({ row }: { row: UnitRow }) {
  const shown = steps.filter(([key]) => row[key] > 0);
  const words = shown.map(([key, word]) => `${word} ${row[key]}`).join(' · ');
  return (
    <span className={style.bar}>
      <span className={style.track} aria-hidden="true">
        {shown.map(([key]) => (
          <span key={key} data-state={key} style={{ flexGrow: row[key] }} />
        ))}
      </span>
      <span className="caption tabular">{words || '没有应报学校'}</span>
    </span>
  );
}
