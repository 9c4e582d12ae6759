import { Link } from '@tanstack/react-router';
import { readSchool } from '#contract/directory/directory.ts';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Chronicle } from '#web/shared/kit/layout/Chronicle.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import { onlyNewest } from '#web/shared/words/newest.ts';
import { eventWords, type History, ownershipChoices, partWords, urbanClassChoices } from '../directory.words.ts';

type Version = History['versions'][number];

const columns: ReadonlyArray<Column<Version>> = [
  {
    key: 'time',
    title: '时期',
    fact: 1,
    width: '13rem',
    cell: (row) => (
      <span className="tabular">
        {formatDate(row.validFrom)} 至 {row.validTo ? addDays(row.validTo, -1) : '今'}
      </span>
    ),
  },
  { key: 'name', title: '名称', fact: 2, cell: (row) => row.name },
  {
    key: 'code',
    title: '标识码',
    width: '8rem',
    cell: (row) => <span className="tabular">{schoolCodeText(row.code)}</span>,
  },
  { key: 'type', title: '办学类型', fact: 3, width: '9rem', cell: (row) => row.schoolTypeName },
  { key: 'place', title: '所在单位', width: '9rem', cell: (row) => row.countyName },
  { key: 'manager', title: '管理单位', width: '9rem', cell: (row) => row.managingUnitName },
  {
    key: 'kind',
    title: '办别、城乡',
    width: '7rem',
    cell: (row) =>
      `${ownershipChoices.find((one) => one.value === row.ownership)?.label}、${urbanClassChoices.find((one) => one.value === row.urbanClass)?.label}`,
  },
];

/**
 * The events of the school, and its state between the changes. Figures of a year stay with the school's state in that
 * year.
 */
export function SchoolEvents({ history }: { history: History }) {
  return (
    <>
      <Section title="变动" note={onlyNewest(history.events, newestEntries, '更早的见“审计”') ?? '最近的在前'}>
        <Chronicle
          entries={history.events.map((event) => ({
            key: event.id,
            time: formatDate(event.day),
            content: <Event event={event} />,
          }))}
        />
      </Section>
      <Section title="各时期状况" note="某一学年的数据始终按当时的状况计入">
        <DataTable caption="各时期状况" columns={columns} rows={history.versions} rowKey={(row) => row.validFrom} />
      </Section>
    </>
  );
}

type Other = History['events'][number]['others'][number];

function SchoolLink({ school: { id, name } }: { school: Pick<Other, 'id' | 'name'> }) {
  return (
    <Link to="/directory/schools/$schoolId" params={{ schoolId: String(id) }}>
      {name}
    </Link>
  );
}

/** Whether the merger of a school stands and this person may take it back. */
function useReturns(schoolId: number): boolean {
  const manages = useCan('directory.manage');
  const school = useRead(readSchool, { params: { schoolId } }, { enabled: manages }).data;
  return manages && school?.status === 'merged' && school.can.reopen;
}

function TakeBack({ schoolId }: { schoolId: number }) {
  return useReturns(schoolId) ? '，可在该校页面撤回合并' : null;
}

/** The schools that went into this one, where their merger can be taken back: whoever has just merged them lands here. */
export function MergedSchools({ history }: { history: History }) {
  const merged = history.events.flatMap(({ others }) => others.filter(({ part }) => part === 'absorbed'));
  return [...new Map(merged.map((one) => [one.id, one])).values()].map((one) => (
    <MergedSchool key={one.id} one={one} />
  ));
}

function MergedSchool({ one }: { one: Other }) {
  if (!useReturns(one.id)) return null;
  return (
    <p className="caption">
      <SchoolLink school={one} /> 已并入本校，可在该校页面撤回合并。
    </p>
  );
}

function Event({ event }: { event: History['events'][number] }) {
  return (
    <>
      <p>
        <strong>{eventWords[event.kind]}</strong>
        {event.others.map((other, at) => (
          <span key={other.id}>
            {at === 0 ? '：' : '；'}
            {other.part === 'absorbed' ? (
              <>
                <SchoolLink school={other} /> {partWords.absorbed}
                <TakeBack schoolId={other.id} />
              </>
            ) : (
              <>
                {partWords[other.part]} <SchoolLink school={other} />
              </>
            )}
          </span>
        ))}
      </p>
      {event.changes.map((change) => (
        <p key={change.what} className="soft">
          {change.what}
          {change.to !== null && `：${change.from ?? '（无）'} → ${change.to}`}
        </p>
      ))}
      <p className="caption">
        {[event.document, event.note, event.recordedBy && `登记人 ${event.recordedBy}`].filter(Boolean).join('　')}
      </p>
    </>
  );
}
