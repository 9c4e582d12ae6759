import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { list } from '#contract/frameworks/frameworks.ts';
import { readMapping, writeMapping } from '#contract/frameworks/mappings.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { refreshAfter, useAct, useRead } from '#web/shared/call/queries.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import { pointsText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { formatDateTime } from '#web/shared/words/format.ts';
import { editionSentence } from '../framework.words.ts';
import { mappingSearch } from '../frameworks.search.ts';
import { carriedText, groundTitles, scoreTexts } from './mapping.words.ts';

type Reply = RouteOutput<typeof readMapping>;
type Row = Reply['rows'][number];
type Leaf = Row['to'];

/** 指标对应: which leaf of one edition asks what a leaf of another asks, and what carries over. */
export default function FrameworkMapping() {
  const [search, setSearch] = useSearchState(mappingSearch);
  const { from, to, fromRevision, toRevision } = search;
  const all = useRead(list, { query: {} });
  const options = (all.data?.rows ?? []).map(({ key, title, edition }) => ({
    value: key,
    label: `${title} ${edition}`,
  }));
  const isChosen = from !== undefined && to !== undefined;
  const read = useRead(
    readMapping,
    {
      query: {
        ...{ from: from ?? '', to: to ?? '' },
        ...(fromRevision === undefined ? {} : { fromRevision }),
        ...(toRevision === undefined ? {} : { toRevision }),
      },
    },
    { enabled: isChosen },
  );
  return (
    <Page
      wide
      title="指标对应"
      above={
        <Link to="/frameworks" search={{}}>
          指标体系
        </Link>
      }
      state="两个版本或两个体系之间，末级指标逐项对应；先按编号、名称和文字建议，再由人写定。分值不同的得分只显示，不沿用。"
    >
      <Pair>
        <SelectField
          label="从"
          value={from}
          options={options}
          onChange={(key) => setSearch({ from: key, fromRevision: undefined })}
        />
        <SelectField
          label="到"
          value={to}
          options={options}
          onChange={(key) => setSearch({ to: key, toRevision: undefined })}
        />
      </Pair>
      {isChosen ? (
        <Loaded of={read} shape="table">
          {(reply) => (
            <Deciding
              key={`${reply.from.key} ${reply.from.revision} ${reply.to.key} ${reply.to.revision}`}
              reply={reply}
            />
          )}
        </Loaded>
      ) : (
        <Empty title="请选两个指标体系">同一体系的两个版本、不同的两个体系都可以。</Empty>
      )}
    </Page>
  );
}

/** What somebody has chosen and not saved, by the leaf that it carries to; null: none. */
type Chosen = Readonly<Record<string, string | null>>;

function Deciding({ reply }: { reply: Reply }) {
  const [search, setSearch] = useSearchState(mappingSearch);
  const [chosen, setChosen] = useState<Chosen>({});
  const writing = useAct(writeMapping, { done: '已写定' });
  const count = Object.keys(chosen).length;
  useLeaveGuard(
    count === 0
      ? null
      : { title: `${count} 项对应没有保存`, text: '离开后，没有保存的不再保留。', verb: '放弃并离开', danger: true },
  );
  const nowOf = (row: Row) => (row.to.code in chosen ? chosen[row.to.code]! : (row.from?.code ?? null));
  const used = new Set(reply.rows.map(nowOf));
  const sources = [...reply.rows.flatMap((row) => row.from ?? []), ...reply.left];
  const free = sources.filter(({ code }) => !used.has(code));
  const proposed = reply.rows.filter(({ by }) => by !== null && by !== 'decided').length;
  const shown = reply.rows.filter((row) => isShown(row, search));

  async function save() {
    // What was decided before stays, what is proposed and looked at is decided with the rest.
    const pairs = reply.rows
      .filter((row) => row.to.code in chosen || row.by !== null)
      .map((row) => ({ to: row.to.code, from: nowOf(row) }));
    const done = await writing.act({
      body: {
        ...{ from: reply.from.key, fromRevision: reply.from.revision, revision: reply.revision, pairs },
        ...{ to: reply.to.key, toRevision: reply.to.revision },
      },
    });
    if (done === undefined) void refreshAfter(writeMapping);
    else setChosen({});
  }

  return (
    <>
      {[reply.from, reply.to].map((edition, at) => (
        <Band key={at === 0 ? 'from' : 'to'} tone="plain" label={at === 0 ? '从' : '到'}>
          {editionSentence(edition)}
        </Band>
      ))}
      <FilterBar end={`${shown.length} 项`}>
        <FilterSearch
          value={search.find}
          placeholder="编号、名称"
          onChange={(find) => setSearch({ find }, { replace: true })}
        />
        <FilterSelect
          label="对应"
          value={search.show}
          options={[
            { value: 'mapped', label: '有对应' },
            { value: 'unmapped', label: '没有对应' },
            { value: 'scale', label: '分值不同' },
          ]}
          onChange={(show) => setSearch({ show })}
        />
        <Button kind="primary" busy={writing.busy} disabled={count + proposed === 0} onClick={() => void save()}>
          {count === 0 && proposed > 0 ? `写定建议的 ${proposed} 项` : `写定（改 ${count} 项）`}
        </Button>
      </FilterBar>
      <p className="caption">
        {reply.updatedBy === null
          ? '还没有写定，全部为建议。'
          : `${reply.updatedBy} ${formatDateTime(reply.updatedAt!)} 写定；标明“建议”的还没有写定。`}
      </p>
      <DataTable<Row>
        caption="指标对应"
        state={{ sort: search.sort }}
        onState={({ sort }) => setSearch({ sort })}
        columns={columnsOf(nowOf, free, sources, (code, from) => setChosen((before) => ({ ...before, [code]: from })))}
        rows={shown}
        rowKey={({ to }) => to.code}
        empty={<Empty title="没有符合条件的指标">请清除筛选再看。</Empty>}
      />
      {free.length > 0 && (
        <Section title={`“${reply.from.title}”中没有对应的指标`} note={`${free.length} 项`}>
          <ul>
            {free.map((leaf) => (
              <li key={leaf.code}>{leafText(leaf)}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function isShown(row: Row, { find, show }: { find?: string | undefined; show?: string | undefined }): boolean {
  if (show === 'mapped' && row.from === null) return false;
  if (show === 'unmapped' && row.from !== null) return false;
  if (show === 'scale' && row.carries?.score !== 'otherScale') return false;
  const text = `${leafText(row.to)} ${row.from === null ? '' : leafText(row.from)}`;
  return find === undefined || text.includes(find);
}

const leafText = ({ code, title, points }: Leaf) =>
  `${code} ${title ?? '名称未见'}（${pointsText(points) ?? '分值未见'}）`;

/** No leaf has this code. */
const nothing = '—';

function columnsOf(
  nowOf: (row: Row) => string | null,
  free: readonly Leaf[],
  sources: readonly Leaf[],
  onChoose: (code: string, from: string | null) => void,
): ReadonlyArray<Column<Row>> {
  return [
    {
      key: 'to',
      title: '新指标',
      fact: 1,
      cell: ({ to }) => leafText(to),
      value: ({ to }) => to.code,
    },
    {
      key: 'from',
      title: '对应的原指标',
      fact: 2,
      width: '26rem',
      cell: (row) => {
        const now = nowOf(row);
        const own = sources.filter(({ code }) => code === now || code === row.from?.code);
        const offered = [...new Map([...own, ...free].map((leaf) => [leaf.code, leaf])).values()];
        return (
          <select
            aria-label={`${row.to.code} 对应的原指标`}
            value={now ?? nothing}
            onChange={(event) => onChoose(row.to.code, event.target.value === nothing ? null : event.target.value)}
          >
            <option value={nothing}>没有对应</option>
            {offered.map((leaf) => (
              <option key={leaf.code} value={leaf.code}>
                {leafText(leaf)}
              </option>
            ))}
          </select>
        );
      },
      value: (row) => nowOf(row) ?? '',
    },
    {
      key: 'by',
      title: '根据',
      width: '9rem',
      cell: (row) =>
        nowOf(row) !== (row.from?.code ?? null)
          ? '改动未保存'
          : row.by === null
            ? '没有相近的'
            : `${groundTitles[row.by]}${row.likeness === null ? '' : ` ${row.likeness}%`}`,
      value: ({ likeness }) => likeness ?? -1,
    },
    {
      key: 'carries',
      title: '可以沿用',
      fact: 3,
      width: '18rem',
      cell: (row) =>
        nowOf(row) !== (row.from?.code ?? null) ? (
          <Missing reason="保存后显示" />
        ) : row.carries === null ? (
          '—'
        ) : (
          <>
            {carriedText(row.carries)}
            <div className="soft">{scoreTexts[row.carries.score](row.from!.points, row.to.points)}</div>
          </>
        ),
      value: ({ carries }) => carries?.score ?? '',
    },
  ];
}
