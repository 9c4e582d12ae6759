import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import { readCatalogue, schoolYears } from '#contract/filings/filings.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatChange, formatNumber } from '#web/shared/words/format.ts';

type Year = z.output<typeof schoolYears.output>['years'][number];

interface FieldRow {
  field: string;
  unit: string;
  values: ReadonlyArray<number | string | null | undefined>;
}

/**
 * For the page of a school: its approved figures of several years side by side, newest first, with its state in each
 * year.
 */
export default function SchoolYears({ schoolId }: { schoolId: number }) {
  const read = useRead(schoolYears, { params: { schoolId } });
  return (
    <Loaded of={read}>
      {({ years, released }) => (
        <>
          <Years years={years} />
          {released.map(({ schoolYear, filingId, reason }) => (
            <p key={filingId} className="caption">
              <Link to="/filings/$filingId" params={{ filingId }}>
                {schoolYearName(schoolYear)}填报
              </Link>
              {`　不计入：${reason}`}
            </p>
          ))}
        </>
      )}
    </Loaded>
  );
}

function Years({ years }: { years: readonly Year[] }) {
  const edition = years[0]?.edition ?? '';
  const catalogue = useRead(readCatalogue, { params: { edition } }, { enabled: edition !== '', staleTime: 3_600_000 });
  if (years.length === 0) {
    return <Empty title="还没有已批准的数据">填报经县级（市直学校经市级）批准后，各学年的数据在这里并列显示。</Empty>;
  }
  const rows = fieldRows(years, catalogue.data?.fields ?? []);
  const columns: Column<FieldRow>[] = [
    { key: 'field', title: '数据项', fact: 1, cell: (row) => <FieldName {...row} /> },
    ...years.map((year, index): Column<FieldRow> => {
      const fact = ([2, 3] as const)[index];
      return {
        key: String(year.schoolYear),
        title: schoolYearName(year.schoolYear),
        align: 'end',
        width: '9rem',
        ...(fact === undefined ? {} : { fact }),
        cell: (row) => <Value value={row.values[index]} />,
      };
    }),
    {
      key: 'change',
      title: '比上年',
      align: 'end',
      width: '7rem',
      cell: ({ values: [now, before] }) =>
        typeof now === 'number' && typeof before === 'number' ? (
          changeText(now, before)
        ) : (
          <Missing reason="两年中有一年没有这项数据，或不是数字" />
        ),
    },
  ];
  return (
    <Section
      title="历年数据"
      note={years.map((year) => (
        <span key={year.schoolYear}>
          <Link to="/filings/$filingId" params={{ filingId: year.filingId }}>
            {schoolYearName(year.schoolYear)}填报
          </Link>{' '}
        </span>
      ))}
    >
      <DataTable caption="历年数据" columns={columns} rows={rows} rowKey={(row) => row.field} />
    </Section>
  );
}

/** The fields that any of the years holds, in the order of the catalogue; fields that it no longer knows come last. */
function fieldRows(years: readonly Year[], known: ReadonlyArray<{ key: string; unit: string }>): FieldRow[] {
  const held = new Set(years.flatMap((year) => Object.keys(year.values)));
  const ordered = known.filter((field) => held.delete(field.key));
  const others = [...held].map((key) => ({ key, unit: '' }));
  return [...ordered, ...others].map(({ key, unit }) => ({
    field: key,
    unit,
    values: years.map((year) => year.values[key]),
  }));
}

function FieldName({ field, unit }: FieldRow) {
  return (
    <>
      {field} {unit && <span className="caption">{unit}</span>}
    </>
  );
}

function changeText(now: number, before: number): string {
  if (now === before) return '不变';
  return formatChange(now, before) ?? '原为 0';
}

function Value({ value }: { value: number | string | null | undefined }) {
  if (value === null || value === undefined) return <Missing reason="当年没有这项数据" />;
  if (typeof value === 'string') return value;
  return formatNumber(value, Number.isInteger(value) ? 0 : 2);
}
