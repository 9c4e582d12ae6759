import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { schools } from '#contract/frameworks/frameworks.ts';
import { questions } from '#contract/frameworks/questions.ts';
import type { RouteOutput } from '#contract/route.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { call } from '#web/shared/call/call.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { answerText } from '#web/shared/framework/fact-text.ts';
import { openNameText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { questionSearch } from '../frameworks.search.ts';
import { AnswerDialog } from './AnswerDialog.tsx';

type Reply = RouteOutput<typeof questions>;
export type Question = Reply['rows'][number];

const states = [
  { value: 'known', label: '已填报' },
  { value: 'unknown', label: '未填报' },
] as const;

/** 评估事实: every fact that frameworks in use ask, answered once for a unit or a school and a year. */
export default function QuestionList() {
  const [search, setSearch] = useSearchState(questionSearch);
  const { units, today, year: schoolYear } = useDeskContext();
  const mayRead = useCan('framework.read');
  const [answering, setAnswering] = useState<string | null>(null);
  const year = search.assessed ?? schoolYear ?? Number(today.slice(0, 4));
  const { find, framework, state } = search;
  const query = {
    year,
    ...(find === undefined ? {} : { search: find }),
    ...(framework === undefined ? {} : { framework }),
    ...(state === undefined ? {} : { state }),
    ...(search.type === undefined || search.of === undefined ? {} : { subjectType: search.type, subjectId: search.of }),
  };
  const read = useRead(questions, { query }, { keepPrevious: true });
  const { data } = read;
  const isNarrowed = find !== undefined || framework !== undefined || state !== undefined;
  const years = Array.from({ length: 8 }, (_, back) => Number(today.slice(0, 4)) - back);
  const open = data?.rows.find(({ name }) => name === answering);
  return (
    <Page
      title="评估事实"
      above={
        mayRead && (
          <Link to="/frameworks" search={{}}>
            指标体系
          </Link>
        )
      }
      state={
        data &&
        `${data.subject.name} · ${year} 年：${data.counts.editions} 个指标体系共问 ${data.counts.total} 项，已填报 ${data.counts.known} 项；各评估只问一次`
      }
    >
      <FilterBar
        onClear={isNarrowed ? () => setSearch({ find: undefined, framework: undefined, state: undefined }) : undefined}
        end={data && isNarrowed && `${data.rows.length} 项`}
      >
        <FilterSearch
          value={find}
          placeholder="事实、指标体系"
          onChange={(text) => setSearch({ find: text }, { replace: true })}
        />
        <FilterSelect
          label="年度"
          value={String(year)}
          options={years.map((one) => ({ value: String(one), label: `${one}` }))}
          onChange={(value) => setSearch({ assessed: value === undefined ? undefined : Number(value) })}
        />
        {mayRead && units.length > 1 && (
          <FilterSelect
            label="单位"
            value={search.type === 'school' ? undefined : data && String(data.subject.id)}
            options={units.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(value) =>
              setSearch(value === undefined ? { type: undefined, of: undefined } : { type: 'unit', of: Number(value) })
            }
          />
        )}
        <FilterSelect
          label="指标体系"
          value={framework}
          options={(data?.frameworks ?? []).map(({ key, title }) => ({ value: key, label: title }))}
          onChange={(value) => setSearch({ framework: value })}
        />
        <FilterSelect
          label="状态"
          value={state}
          options={[...states]}
          onChange={(value) => setSearch({ state: value })}
        />
        {mayRead && (
          <Combobox<number>
            label="学校"
            placeholder="某所学校的事实"
            value={search.type === 'school' && data ? { value: data.subject.id, label: data.subject.name } : null}
            find={findSchools}
            onChange={(choice) =>
              setSearch(choice === null ? { type: undefined, of: undefined } : { type: 'school', of: choice.value })
            }
          />
        )}
      </FilterBar>
      <Loaded of={read} shape="table">
        {(reply) => (
          <DataTable<Question>
            caption="评估事实"
            state={{ sort: search.sort }}
            onState={({ sort }) => setSearch({ sort })}
            columns={columnsOf(reply.can.answer, mayRead, setAnswering)}
            rows={reply.rows}
            rowKey={({ name }) => name}
            empty={
              <Empty title="没有符合条件的事实">
                {isNarrowed ? '请清除筛选再查。' : '在用的指标体系没有要这个对象填报的事实。'}
              </Empty>
            }
          />
        )}
      </Loaded>
      {data && open && (
        <AnswerDialog
          key={`${open.name} ${open.answer?.id ?? ''}`}
          question={open}
          subject={data.subject}
          year={year}
          onClose={() => setAnswering(null)}
        />
      )}
    </Page>
  );
}

async function findSchools(text: string, signal: AbortSignal) {
  if (text.trim() === '') return [];
  const { rows } = await call(schools, { query: { search: text } }, { signal });
  return rows.map(({ id, name, unitName }) => ({ value: id, label: name, note: unitName }));
}

function columnsOf(
  mayAnswer: boolean,
  mayRead: boolean,
  onAnswer: (name: string) => void,
): ReadonlyArray<Column<Question>> {
  return [
    {
      key: 'name',
      title: '事实',
      fact: 1,
      cell: ({ name }) => openNameText(name),
      value: ({ name }) => name,
    },
    {
      key: 'answer',
      title: '数值',
      fact: 2,
      width: '12rem',
      cell: ({ answer, unit, earlier }) =>
        answer === null ? (
          <Missing reason="还没有填报" />
        ) : (
          `${answerText(answer.value, unit)}${earlier.length > 0 ? `（更正 ${earlier.length} 次）` : ''}`
        ),
      value: ({ answer, unit }) => (answer === null ? '' : answerText(answer.value, unit)),
    },
    {
      key: 'evidence',
      title: '依据和日期',
      cell: ({ answer }) =>
        answer === null ? (
          <Missing reason="还没有填报" />
        ) : (
          `${answer.document}${answer.asOf === null ? '' : `，${answer.asOf}`}　${answer.enteredBy}`
        ),
      value: ({ answer }) => answer?.document ?? '',
    },
    {
      key: 'period',
      title: '期间',
      width: '9rem',
      cell: ({ periodName }) => periodName,
      value: ({ periodName }) => periodName,
    },
    {
      key: 'asked',
      title: '用于',
      width: '20rem',
      cell: ({ askedBy }) => <AskedBy askedBy={askedBy} linked={mayRead} />,
      value: ({ askedBy }) =>
        askedBy.map((one) => `${one.title}（${editionMark(one)}） ${one.codes.join('、')}`).join('；'),
    },
    ...(mayAnswer
      ? [
          {
            key: 'act',
            title: '办理',
            fact: 3,
            acts: true,
            width: '6rem',
            cell: ({ name, answer }: Question) => (
              <Button small kind="quiet" onClick={() => onAnswer(name)}>
                {answer === null ? '填报' : '更正'}
              </Button>
            ),
          } satisfies Column<Question>,
        ]
      : []),
  ];
}

const mostCodes = 6;

/** Which editions ask it, and at which leaves. */
function AskedBy({ askedBy, linked }: { askedBy: Question['askedBy']; linked: boolean }) {
  return (
    <>
      {askedBy.map(({ key, title, authority, completedBy, codes, inRules }) => {
        const more = codes.length > mostCodes ? ` 等 ${codes.length} 项` : '';
        const mark = editionMark({ authority, completedBy });
        const places = [codes.slice(0, mostCodes).join('、') + more, inRules ? '规则和结论' : ''].filter(Boolean);
        return (
          <div key={key}>
            {linked ? (
              <Link to="/frameworks/$key" params={{ key }} search={codes[0] === undefined ? {} : { node: codes[0] }}>
                {title}
              </Link>
            ) : (
              title
            )}
            <div className="soft">
              {mark}　{places.join('，')}
            </div>
          </div>
        );
      })}
    </>
  );
}
