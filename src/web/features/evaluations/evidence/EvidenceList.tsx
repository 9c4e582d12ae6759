import { evidenceWorkbook, listEvidence } from '#contract/evaluations/evaluations.ts';
import { confidentialityTitles } from '#domain/evaluation/kind.ts';
import { provedText } from '#domain/evaluation/proved-leaves.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { narrowingOf, useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { formatSize } from '#web/shared/files/file-words.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useSmall } from '#web/shared/page/useNarrow.ts';
import { useSession } from '#web/shared/session/session.tsx';
import { formatDate, formatNumber } from '#web/shared/words/format.ts';
import { evaluationMarks } from '../desk/state-marks.ts';
import { evidenceQuery, evidenceSearch } from './evidence.search.ts';
import type { EvidenceRow } from './evidence-reply.ts';
import { PieceView } from './PieceView.tsx';

const dialogs = late(() => import('./EvidenceDialog.tsx'));

/** 材料库: the evidence of the own unit by catalogue, box, day and use, with the piece that is open beside it. */
export default function EvidenceList() {
  const [search, setSearch] = useSearchState(evidenceSearch);
  const { today } = useDeskContext();
  const small = useSmall();
  // A school has one library, its own.
  const seesSeveral = useSession().role.level !== 'school';
  const query = evidenceQuery(search);
  const read = useRead(listEvidence, { query }, { keepPrevious: true });
  const { isNarrowed, clear } = narrowingOf(search, setSearch, ['piece', 'adding']);
  const { page: _p, pageSize: _s, ...exported } = query;
  const mayAdd = read.data?.can.add ?? false;
  const open = (piece: string | undefined) => setSearch({ piece, page: search.page }, { replace: true });
  const year = Number(today.slice(0, 4));
  const isOpen = search.piece !== undefined;
  const list = (
    <DataTable
      caption="证据材料目录"
      columns={columnsOf(today).filter(
        ({ key }) => (!isOpen || small || beside.has(key)) && (seesSeveral || key !== 'unit'),
      )}
      query={read}
      rowKey={({ id }) => id}
      onOpen={({ id }) => open(id === search.piece ? undefined : id)}
      rowTone={({ expiresOn, replacedBy }) =>
        replacedBy === null && expiresOn !== null && expiresOn < today ? 'look' : undefined
      }
      state={search}
      onState={setSearch}
      actions={<ListActions route={evidenceWorkbook} input={{ query: exported }} />}
      empty={
        isNarrowed ? (
          <Empty title="没有符合条件的材料" action={<Button onClick={clear}>查看全部材料</Button>} />
        ) : (
          <Empty
            title="材料库还是空的"
            action={mayAdd && <Button onClick={() => setSearch({ adding: true })}>登记材料</Button>}
          >
            {mayAdd
              ? '一份材料登记一次，可以证明多项指标；在这里登记，或在自评的指标旁边添加。'
              : '区县和学校登记的材料列在这里。'}
          </Empty>
        )
      }
    />
  );
  return (
    <Page
      wide
      title="材料库"
      state={
        read.data &&
        `${isNarrowed ? '符合条件的材料' : '证据材料'} ${formatNumber(read.data.total)} 份；一份可以证明多项指标`
      }
      action={
        <>
          <ButtonLink to="/evaluations" search={{}}>
            评估对象
          </ButtonLink>
          {mayAdd && (
            <Button kind="primary" onClick={() => setSearch({ adding: true, page: search.page })}>
              登记材料
            </Button>
          )}
        </>
      }
    >
      {!(small && isOpen) && (
        <FilterBar onClear={isNarrowed ? clear : undefined}>
          <FilterSearch
            value={search.search}
            placeholder="名称、目录号、文件名或拼音"
            onChange={(text) => setSearch({ search: text }, { replace: true })}
          />
          {seesSeveral && (
            <FilterSearch
              label="单位"
              value={search.of}
              placeholder="单位或学校"
              onChange={(of) => setSearch({ of }, { replace: true })}
            />
          )}
          <FilterSearch
            label="盒号"
            value={search.box}
            placeholder="档案盒号"
            onChange={(box) => setSearch({ box }, { replace: true })}
          />
          <FilterSelect
            label="材料年度"
            value={search.about}
            options={Array.from({ length: 8 }, (_, at) => ({ value: year - at, label: `${year - at} 年` }))}
            onChange={(about) => setSearch({ about })}
          />
          <FilterToggle label="没有对应指标" value={search.unlinked} onChange={(unlinked) => setSearch({ unlinked })} />
          <FilterToggle label="已过有效期" value={search.expired} onChange={(expired) => setSearch({ expired })} />
        </FilterBar>
      )}
      {search.piece === undefined ? (
        list
      ) : small ? (
        <PieceView evidenceId={search.piece} onOpen={open} />
      ) : (
        <Split columns="minmax(0, 3fr) minmax(20rem, 2fr)" stacked="tablet">
          <div>{list}</div>
          <PieceView evidenceId={search.piece} onOpen={open} />
        </Split>
      )}
      {search.adding && mayAdd && (
        <WhenHere late={dialogs}>
          {({ NewPiece }) => (
            <NewPiece
              replaces={null}
              onClose={() => setSearch({ adding: undefined }, { replace: true })}
              onAdded={(piece) => setSearch({ adding: undefined, piece }, { replace: true })}
            />
          )}
        </WhenHere>
      )}
    </Page>
  );
}

/** What stays where a piece is open beside the list. */
const beside: ReadonlySet<string> = new Set(['catalogue', 'title', 'unit', 'leaves']);

const columnsOf = (today: string): ReadonlyArray<Column<EvidenceRow>> => [
  {
    ...{ key: 'title', title: '材料', fact: 1, sort: true },
    cell: ({ title, confidentiality, version }) => (
      <>
        {title}
        {(confidentiality !== 'open' || version > 1) && (
          <span className="caption">
            {'　'}
            {[
              confidentiality === 'open' ? '' : confidentialityTitles[confidentiality],
              version > 1 ? `第 ${version} 版` : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        )}
      </>
    ),
  },
  { ...{ key: 'unit', title: '单位', width: '10rem', sort: true, fact: 3 }, cell: ({ unitName }) => unitName },
  {
    ...{ key: 'catalogue', title: '目录号', width: '7rem', sort: true, fact: 2 },
    cell: ({ catalogueNumber }) => catalogueNumber ?? <Missing reason="还没有编目" />,
  },
  {
    ...{ key: 'box', title: '盒号', width: '6rem', sort: true },
    cell: ({ boxNumber }) => boxNumber ?? <Missing reason="还没有入盒" />,
  },
  {
    ...{ key: 'aboutDay', title: '材料日期', width: '7rem', sort: true },
    cell: ({ aboutDay }) => aboutDay ?? <Missing reason="登记时没有写明" />,
  },
  { key: 'receivedOn', title: '收到', width: '6.5rem', cell: ({ receivedOn }) => receivedOn },
  {
    ...{ key: 'file', title: '文件', width: '13rem' },
    cell: ({ fileName, size }) =>
      fileName === null ? (
        <Missing reason="还没有上传文件" />
      ) : (
        <>
          {fileName}
          {size !== null && <span className="caption">　{formatSize(size)}</span>}
        </>
      ),
  },
  {
    ...{ key: 'expires', title: '有效期', width: '9rem' },
    cell: ({ expiresOn, replacedBy }) => (
      <Row inline>
        {expiresOn ?? '长期'}
        {replacedBy === null && expiresOn !== null && expiresOn < today && (
          <StateMark state={evaluationMarks.expired} />
        )}
      </Row>
    ),
  },
  {
    ...{ key: 'leaves', title: '证明指标', width: '15rem' },
    cell: ({ leaves, proves }) =>
      leaves === 0 ? (
        <Missing reason="还没有对应指标" />
      ) : (
        <>
          {formatNumber(leaves)} 项<div className="caption">{provedText(proves.slice(0, 2), 6)}</div>
        </>
      ),
  },
  {
    ...{ key: 'addedAt', title: '登记时间', width: '7rem', sort: true },
    cell: ({ addedAt }) => formatDate(addedAt),
  },
];
