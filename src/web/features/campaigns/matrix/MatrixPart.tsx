import { linkOptions } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { matrix, matrixWorkbook } from '#contract/campaigns/campaigns.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { SelfTotal } from '#web/shared/framework/SelfTotal.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSearch, FilterSelect, FilterToggle } from '#web/shared/kit/table/FilterBar.tsx';
import { ListActions } from '#web/shared/kit/table/ListActions.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useCan } from '#web/shared/session/session.tsx';
import { type CampaignSearch, campaignSearch } from '../campaign.search.ts';
import { briefSteps } from '../campaign.words.ts';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { stepMarks } from '../desk/state-marks.ts';
import { ManyStanding } from '../many/ManyStanding.tsx';
import { useRemind } from '../page/useRemind.tsx';
import style from './Matrix.module.css';
import { StepCell } from './StepCell.tsx';
import { type Choosing, useChosen } from './useChosen.ts';

const moving = late(() => import('../page/MoveDialog.tsx'));
const extending = late(() => import('../timetable/ExtendDialog.tsx'));
const acting = late(() => import('../many/ManyDialog.tsx'));

/** 矩阵: subjects by steps with their days, who is late, how far each is, and what came out. */
export function MatrixPart({ campaign }: { campaign: Campaign }) {
  const [search, setSearch] = useSearchState(campaignSearch);
  const { id, kind, opening, can } = campaign;
  const query = queryOf(search);
  const read = useRead(
    matrix,
    { params: { campaignId: id }, query },
    { keepPrevious: true, refetchInterval: () => (opening ? 2000 : false) },
  );
  // The last ones may have been written between the reading of the campaign and that of the matrix.
  const wasOpening = useRef(opening !== null);
  const { refetch } = read;
  useEffect(() => {
    if (wasOpening.current && opening === null) void refetch();
    wasOpening.current = opening !== null;
  }, [opening, refetch]);
  const choosing = useChosen();
  const concludes = useCan(['evaluation.judge', 'evaluation.conclude']);
  const isNarrowed = search.search !== undefined || search.step !== undefined || search.late !== undefined;
  const clear = () => setSearch({ search: undefined, step: undefined, late: undefined });
  const acts = concludes && campaign.state === 'open';
  const chooses = can.moveOn || can.extend || can.remind || acts;
  const shown = read.data?.rows ?? [];
  const { page: _p, pageSize: _s, late: _l, ...exported } = query;
  return (
    <>
      <FilterBar onClear={isNarrowed ? clear : undefined}>
        <FilterSearch
          value={search.search}
          placeholder="对象名称或拼音"
          onChange={(text) => setSearch({ search: text }, { replace: true })}
        />
        <FilterSelect
          label="停在"
          value={search.step}
          options={kindOf(kind).steps.map(({ step, title }) => ({ value: step, label: title }))}
          onChange={(step) => setSearch({ step })}
        />
        <FilterToggle label="只看逾期" value={search.late} onChange={(isLate) => setSearch({ late: isLate })} />
      </FilterBar>
      {acts && <ManyStanding campaignId={id} />}
      {chooses && shown.some(isChoosable) && (
        <ChosenActs campaign={campaign} choosing={choosing} shown={shown} acts={acts} />
      )}
      <div className={style.matrix}>
        <DataTable
          caption={`${campaign.title}：对象和步骤`}
          columns={[...(chooses ? [chooseColumn(choosing, shown)] : []), ...columnsOf(campaign)]}
          query={read}
          rowKey={(row) => row.evaluationId}
          href={({ evaluationId }) => linkOptions({ to: '/evaluations/$evaluationId', params: { evaluationId } })}
          rowTone={({ lateDays, returned }) => (lateDays !== null ? 'fails' : returned ? 'look' : undefined)}
          state={search}
          onState={setSearch}
          actions={<ListActions route={matrixWorkbook} input={{ params: { campaignId: id }, query: exported }} />}
          empty={
            isNarrowed ? (
              <Empty title="没有符合条件的对象" action={<Button onClick={clear}>查看全部</Button>} />
            ) : (
              <Empty title={opening ? '正在建立评估' : '这个项目没有评估'}>
                {opening ? '建好的对象随即列在这里。' : '开启以前取消的项目没有建立评估。'}
              </Empty>
            )
          }
        />
      </div>
      <p className="caption">
        日期不带标记的是期限；✓ 后面是办完的日期，▲ 是逾期，“延”是单独延期。年份移到日期上可以看到。
      </p>
    </>
  );
}

function queryOf({ page, pageSize, sort, search, step, late: isLate }: CampaignSearch) {
  return { page, pageSize, sort, search, step, ...(isLate ? { late: 'true' } : {}) };
}

/** What has ended is not acted on. */
const isChoosable = ({ state }: MatrixRow) => state !== 'closed' && state !== 'cancelled';

interface ChosenActsProps {
  campaign: Campaign;
  choosing: Choosing;
  /** The rows of the page. */
  shown: readonly MatrixRow[];
  /** Whether the person does something with evaluations themselves. */
  acts: boolean;
}

/** What is done with the chosen subjects. */
function ChosenActs({ campaign, choosing, shown, acts }: ChosenActsProps) {
  const [open, setOpen] = useState<'move' | 'extend' | 'many' | null>(null);
  const remind = useRemind(campaign);
  const { rows, clear, has, choose } = choosing;
  const close = () => setOpen(null);
  const rest = shown.filter((row) => isChoosable(row) && !has(row));
  const wholePage = rest.length > 0 && (
    <Button small kind="quiet" onClick={() => choose(rest)}>
      选择本页 {shown.filter(isChoosable).length} 个
    </Button>
  );
  if (rows.length === 0) return <div className={`${style.none} screen-only`}>{wholePage}</div>;
  return (
    <div className={`${style.chosen} screen-only`}>
      <span role="status">已选 {rows.length} 个对象</span>
      {wholePage}
      {acts && (
        <Button small kind="primary" onClick={() => setOpen('many')}>
          批量办理
        </Button>
      )}
      {campaign.can.moveOn && (
        <Button small onClick={() => setOpen('move')}>
          转入下一步
        </Button>
      )}
      {campaign.can.extend && (
        <Button small onClick={() => setOpen('extend')}>
          延期
        </Button>
      )}
      {campaign.can.remind && (
        <Button small busy={remind.busy} onClick={() => void remind.act(rows).then((done) => done && clear())}>
          提醒
        </Button>
      )}
      <Button small kind="quiet" onClick={clear}>
        取消选择
      </Button>
      {open === 'move' && (
        <WhenHere late={moving}>
          {({ MoveDialog }) => <MoveDialog campaign={campaign} chosen={rows} onClose={close} />}
        </WhenHere>
      )}
      {open === 'extend' && (
        <WhenHere late={extending}>
          {({ ExtendDialog }) => <ExtendDialog campaign={campaign} chosen={rows} onClose={close} />}
        </WhenHere>
      )}
      {open === 'many' && (
        <WhenHere late={acting}>
          {({ ManyDialog }) => (
            <ManyDialog
              {...{ campaign, chosen: rows, onClose: close }}
              onAsked={() => {
                close();
                clear();
              }}
            />
          )}
        </WhenHere>
      )}
    </div>
  );
}

function chooseColumn({ has, choose, drop }: Choosing, shown: readonly MatrixRow[]): Column<MatrixRow> {
  return {
    ...{ key: 'choose', title: '选择', picks: true, fact: 3, width: '2.75rem', sticky: true },
    hint: `本页 ${shown.length} 个对象`,
    cell: (row) =>
      isChoosable(row) && (
        <input
          type="checkbox"
          aria-label={`选择“${row.name}”`}
          checked={has(row)}
          onChange={({ target, nativeEvent }) => {
            // With Shift the whole page is meant.
            const meant = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? shown.filter(isChoosable) : [row];
            target.checked ? choose(meant) : drop(meant);
          }}
        />
      ),
  };
}

function columnsOf({ kind, form }: Campaign): ReadonlyArray<Column<MatrixRow>> {
  return [
    { key: 'name', title: '对象', fact: 1, sort: true, sticky: true, cell: ({ name }) => name },
    {
      key: 'state',
      title: '现在',
      fact: 2,
      width: '7rem',
      sort: true,
      cell: ({ state, lateDays, returned }) => (
        <Row inline>
          <StateMark state={stepMarks[state]} />
          {lateDays !== null && <StateMark state={stepMarks.late} text={`${lateDays} 天`} />}
          {returned && <StateMark state={stepMarks.returned} />}
        </Row>
      ),
    },
    ...kindOf(kind).steps.map(({ step, title }): Column<MatrixRow> => {
      const days = form.steps.find((one) => one.step === step);
      return {
        ...{ key: step, title: briefSteps[step], width: '3.75rem' },
        hint: days ? `${title}：${days.from} 至 ${days.to}` : title,
        cell: (row) => <StepCell row={row} step={step} usual={days?.to} />,
      };
    }),
    {
      ...{ key: 'answered', title: '进度', align: 'end', width: '7rem', sort: true, fact: 3 },
      hint: '自评填了几项，市级评定了几项；共几项移到数字上可以看到',
      cell: ({ answered, scored, leaves }) => (
        <span className="nowrap" title={`共 ${leaves} 项：自评填了 ${answered} 项，市级评定了 ${scored} 项`}>
          填 {answered === leaves ? '✓' : answered} · 评 {scored === leaves ? '✓' : scored}
        </span>
      ),
    },
    {
      ...{ key: 'selfTotal', title: '自评', unit: '分', align: 'end', width: '4.75rem', sort: true },
      cell: ({ selfTotal, selfBetween }) => (
        <span className={style.range}>
          <SelfTotal total={selfTotal} between={selfBetween} reason="自评还没有填完或确认" />
        </span>
      ),
    },
    {
      ...{ key: 'total', title: '评定', unit: '分', align: 'end', width: '4.75rem', sort: true },
      cell: ({ total, conclusion }) =>
        total === null ? (
          <Missing reason="还没有反馈初步意见" />
        ) : (
          <>
            {figureText(total)}
            {conclusion !== null && <span className={`caption ${style.verdict}`}>{conclusion}</span>}
          </>
        ),
    },
  ];
}
