import { useState } from 'react';
import { chooseSubjects, subjects } from '#contract/campaigns/campaigns.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { schoolType, schoolTypes } from '#domain/org/school-type.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { campaignSearch } from '../campaign.search.ts';
import { subjectNoun, subjectWord } from '../campaign.words.ts';
import type { Campaign, SubjectRow } from '../campaign-reply.ts';

const typeChoices = [...schoolTypes.values()].map(({ code, name }) => ({ value: code, label: `${code} ${name}` }));

/** 对象: who is evaluated, taken in and out one by one or as the filter finds them. */
export function SubjectsPart({ campaign }: { campaign: Campaign }) {
  const [search, setSearch] = useSearchState(campaignSearch);
  const { units } = useDeskContext();
  const { id, kind, can } = campaign;
  const ofSchools = kindOf(kind).subject === 'school';
  const { page, pageSize, sort, search: text, county, type, chosen } = search;
  const query = {
    ...{ page, pageSize, sort, search: text },
    ...(ofSchools ? { countyId: county, schoolType: type } : {}),
    ...(chosen ? { chosen: 'true' } : {}),
  };
  const read = useRead(subjects, { params: { campaignId: id }, query }, { keepPrevious: true });
  // The campaign is read again after each press: whoever ticks the next box meanwhile has seen what the last one did.
  const [written, setWritten] = useState(0);
  const revision = Math.max(campaign.revision, written);
  const { act, busy } = useAct(chooseSubjects, { onDone: (done) => setWritten(done.revision) });
  const isNarrowed = text !== undefined || county !== undefined || type !== undefined || chosen !== undefined;
  const clear = () => setSearch({ search: undefined, county: undefined, type: undefined, chosen: undefined });
  const filter = {
    ...{ countyId: ofSchools ? (county ?? null) : null, schoolType: ofSchools ? (type ?? null) : null },
    search: text ?? '',
  };
  const choose = (add: boolean, only: readonly SubjectRow[] | null) =>
    act({
      params: { campaignId: id },
      body: {
        ...{ revision, add, ...filter },
        only: only?.map(({ countyId, schoolId }) => ({ countyId, schoolId })) ?? null,
      },
    });
  async function chooseAll(add: boolean) {
    const { total = 0, unfit = 0 } = read.data ?? {};
    const yes = await confirm({
      title: add
        ? `列入${isNarrowed ? '符合条件的' : '全部'} ${formatNumber(total)} ${subjectWord(kind)}？`
        : `移出${isNarrowed ? '符合条件的' : '全部'}对象？`,
      text: add
        ? `已经列入的保持不变。${unfit > 0 ? `其中 ${formatNumber(unfit)} 个不在指标体系的适用范围，不列入。` : ''}`
        : '没有列入的保持不变；开启以前可以重新列入。',
      verb: add ? '全部列入' : '全部移出',
    });
    if (yes) await choose(add, null);
  }
  const columns: ReadonlyArray<Column<SubjectRow>> = [
    {
      ...{ key: 'chosen', title: '列入', picks: true, width: '4rem', fact: 3 },
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={`列入“${row.name}”`}
          checked={row.chosen}
          disabled={!can.subjects || busy || (row.unfit !== null && !row.chosen)}
          title={row.unfit ?? undefined}
          onChange={({ target }) => void choose(target.checked, [row])}
        />
      ),
    },
    {
      ...{ key: 'name', title: '对象', fact: 1, sort: true },
      cell: ({ name, unfit }) => (
        <>
          {name}
          {unfit !== null && <p className="caption">{unfit}</p>}
        </>
      ),
    },
    ...(ofSchools
      ? [
          {
            key: 'place',
            title: '所在',
            fact: 2,
            width: '9rem',
            sort: true,
            cell: ({ unitName }: SubjectRow) => unitName,
          } as const,
          {
            ...{ key: 'type', title: '办学类型', width: '16rem', sort: true },
            cell: ({ type: code }: SubjectRow) =>
              code === null ? <Missing reason="名录没有登记" /> : `${code} ${schoolType(code)?.name ?? ''}`,
          },
        ]
      : [
          {
            key: 'short',
            title: '简称',
            fact: 2,
            width: '9rem',
            cell: ({ unitName }: SubjectRow) => unitName,
          } as const,
        ]),
  ];
  return (
    <>
      <FilterBar
        onClear={isNarrowed ? clear : undefined}
        end={
          read.data &&
          `已列入 ${formatNumber(read.data.chosen)} ${subjectWord(kind)}${read.data.unfit > 0 ? `，${formatNumber(read.data.unfit)} 个不适用` : ''}`
        }
      >
        <FilterSearch
          value={text}
          placeholder="名称、代码或拼音"
          onChange={(next) => setSearch({ search: next }, { replace: true })}
        />
        {ofSchools && (
          <FilterSelect
            label="县级单位"
            value={county}
            options={units
              .filter(({ level }) => level === 'county')
              .map(({ id: unit, name }) => ({ value: unit, label: name }))}
            onChange={(next) => setSearch({ county: next })}
          />
        )}
        {ofSchools && (
          <FilterSelect
            label="办学类型"
            value={type}
            options={typeChoices}
            onChange={(next) => setSearch({ type: next })}
          />
        )}
        <FilterToggle label="只看已列入" value={chosen} onChange={(next) => setSearch({ chosen: next })} />
      </FilterBar>
      {can.subjects && read.data && read.data.total > 0 && (
        <div className="screen-only">
          <Row>
            <Button small busy={busy} onClick={() => void chooseAll(true)}>
              列入{isNarrowed ? '符合条件的' : '全部'} {formatNumber(read.data.total)} 个
            </Button>
            <Button small busy={busy} onClick={() => void chooseAll(false)}>
              移出{isNarrowed ? '符合条件的' : '全部'}
            </Button>
          </Row>
        </div>
      )}
      <DataTable
        caption="评估对象"
        columns={columns}
        query={read}
        rowKey={({ countyId, schoolId }) => `${countyId} ${schoolId ?? ''}`}
        state={search}
        onState={setSearch}
        empty={
          isNarrowed ? (
            <Empty title="没有符合条件的对象" action={<Button onClick={clear}>查看全部</Button>} />
          ) : (
            <Empty
              title={`本市还没有登记${subjectNoun(kind)}`}
              action={
                <ButtonLink to="/directory" search={{}}>
                  单位与学校
                </ButtonLink>
              }
            >
              登记以后在这里选作评估对象。
            </Empty>
          )
        }
      />
    </>
  );
}
