import { Link } from '@tanstack/react-router';
import { passes } from '#contract/rectifications/rectifications.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { findingMarks } from '../desk/state-marks.ts';

/** What schools brought with them that moved here: their old county goes on checking. */
export function PassedFindings({ unitId }: { unitId: number | null }) {
  const read = useRead(passes, { query: unitId === null ? {} : { unitId } });
  if (!read.data || read.data.rows.length === 0) return null;
  return (
    <Section title="转入学校的未办结问题" note="由原县（市、区）继续督办，按转入当日抄录">
      <DataTable
        caption="转入学校的未办结问题"
        rows={read.data.rows}
        rowKey={(row) => row.id}
        columns={[
          { key: 'title', title: '问题', fact: 1, cell: (row) => row.title, value: (row) => row.title },
          {
            key: 'school',
            title: '学校',
            fact: 2,
            cell: (row) => (
              <Link to="/directory/schools/$schoolId" params={{ schoolId: String(row.schoolId) }}>
                {row.schoolName}
              </Link>
            ),
            value: (row) => row.schoolName,
          },
          { key: 'origin', title: '督办单位', cell: (row) => row.originName, value: (row) => row.originName },
          {
            key: 'state',
            title: '当日状态',
            fact: 3,
            value: (row) => findingMarks[row.state].word,
            cell: (row) => <StateMark state={findingMarks[row.state]} />,
          },
          {
            key: 'due',
            title: '完成时限',
            value: (row) => row.dueOn,
            cell: (row) => row.dueOn ?? <Missing reason="还没有下发" />,
          },
          { key: 'passedOn', title: '转入日期', cell: (row) => row.passedOn, value: (row) => row.passedOn },
        ]}
      />
    </Section>
  );
}
