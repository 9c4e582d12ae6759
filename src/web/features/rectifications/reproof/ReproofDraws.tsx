import { Link } from '@tanstack/react-router';
import {
  cancelReproof,
  drawReproof,
  newDraw,
  readReproofDraw,
  recordReproof,
  reproofDraws,
} from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { findingMarks } from '../desk/state-marks.ts';
import { reproofSearch } from '../finding.search.ts';

type Draw = RouteOutput<typeof reproofDraws>['rows'][number];
type Proof = RouteOutput<typeof readReproofDraw>['rows'][number];

/** 销号复查: the draws, and what of each is proved. */
export default function ReproofDraws() {
  const [search, setSearch] = useSearchState(reproofSearch);
  const { unitId } = useDeskContext();
  const read = useRead(reproofDraws, { query: unitId === null ? {} : { unitId } });
  return (
    <Page
      wide
      title="销号复查"
      above={<Link to="/findings">整改台账</Link>}
      state="从一个时段销号的问题中随机抽取十分之一，由没有经手的人员复查。"
      action={
        read.data?.canDraw && (
          <Button kind="primary" onClick={() => setSearch({ drawing: true })}>
            抽取复查
          </Button>
        )
      }
    >
      <Loaded of={read} shape="table">
        {({ rows }) => (
          <DataTable
            caption="历次抽取"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            onOpen={({ id }) => setSearch({ draw: id === search.draw ? undefined : id })}
            empty={<Empty title="还没有抽取过">抽取后在这里办理复查。</Empty>}
          />
        )}
      </Loaded>
      {search.draw && <Drawn drawId={search.draw} />}
      {search.drawing && (
        <DrawDialog
          onClose={() => setSearch({ drawing: undefined }, { replace: true })}
          onDrawn={(draw) => setSearch({ draw })}
        />
      )}
    </Page>
  );
}

const columns: ReadonlyArray<Column<Draw>> = [
  { key: 'unit', title: '单位', fact: 1, value: (row) => row.unitName, cell: (row) => row.unitName },
  {
    key: 'days',
    title: '销号时段',
    fact: 2,
    value: (row) => row.closedFrom,
    cell: ({ closedFrom, closedTo }) => `${closedFrom} 至 ${closedTo}`,
  },
  {
    key: 'size',
    title: '抽取',
    align: 'end',
    value: (row) => row.size,
    cell: ({ size, frameSize }) => `${size}（共 ${frameSize}）`,
  },
  {
    key: 'proved',
    title: '已复查',
    align: 'end',
    fact: 3,
    value: (row) => row.proved,
    cell: ({ proved, failed, cancelled }) =>
      cancelled ? (
        <StateMark state={findingMarks.drawCancelled} />
      ) : failed > 0 ? (
        `${proved}，不合格 ${failed}`
      ) : (
        proved
      ),
  },
  {
    key: 'drawn',
    title: '抽取人',
    value: (row) => row.drawnBy,
    cell: (row) => `${row.drawnBy}，${formatDateTime(row.drawnAt)}`,
  },
];

/** What was drawn, and the record by which it can be drawn again. */
function Drawn({ drawId }: { drawId: string }) {
  const read = useRead(readReproofDraw, { params: { drawId } });
  return (
    <Loaded of={read} shape="table">
      {(draw) => (
        <Section
          title={`${draw.unitName}：抽中的 ${draw.rows.length} 个问题`}
          action={draw.mayCancel && <CancelDraw draw={draw} />}
        >
          <Stack>
            <DataTable
              caption="抽中的问题"
              columns={proofColumns(drawId, draw.cancelled !== null)}
              rows={draw.rows}
              rowKey={(row) => row.findingId}
            />
            <Facts
              items={[
                ['种子', draw.seed ?? '有复查结果后公布'],
                ['范围校验码', draw.frameHash.slice(0, 16)],
                ['算法', draw.algorithm],
                ...(draw.cancelled
                  ? ([
                      ['撤销', `${draw.cancelled.by}，${formatDateTime(draw.cancelled.at)}：${draw.cancelled.reason}`],
                    ] as const)
                  : []),
                ['重算', draw.repeats ? '与抽取结果一致' : '抽取之后范围内的问题有变动'],
              ]}
            />
          </Stack>
        </Section>
      )}
    </Loaded>
  );
}

/** Takes a draw back of which nothing is proved yet. */
function CancelDraw({
  draw: { id, unitName, closedFrom, closedTo },
}: {
  draw: Pick<Draw, 'id' | 'unitName' | 'closedFrom' | 'closedTo'>;
}) {
  const { act, busy } = useAct(cancelReproof, { done: '已撤销抽取，记录保留' });
  async function cancel() {
    const reason = await ask({
      ...{ title: `撤销${unitName} ${closedFrom} 至 ${closedTo} 的抽取？` },
      text: '种子、范围和撤销原因留有记录，本级和市级人员收到通知；时段可以重新抽取，时段重叠的沿用原种子，每个问题抽中与否的次序不变。',
      ...{ label: '撤销原因', verb: '撤销抽取', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await act({ params: { drawId: id }, body: { reason } });
  }
  return (
    <Button kind="quiet" busy={busy} onClick={() => void cancel()}>
      撤销抽取
    </Button>
  );
}

function proofColumns(drawId: string, cancelled: boolean): ReadonlyArray<Column<Proof>> {
  return [
    {
      key: 'title',
      title: '问题',
      fact: 1,
      cell: (row) => (
        <Link to="/findings/$findingId" params={{ findingId: row.findingId }}>
          {row.title}
        </Link>
      ),
    },
    { key: 'duty', title: '责任单位', cell: (row) => row.dutyName },
    {
      key: 'result',
      title: '结果',
      fact: 2,
      cell: (row) => <StateMark state={findingMarks[row.result ?? (cancelled ? 'drawCancelled' : 'toProve')]} />,
    },
    {
      key: 'by',
      title: '复查',
      cell: ({ provedBy, provedAt, note }) =>
        [provedBy, provedAt && formatDateTime(provedAt), note].filter(Boolean).join('，'),
    },
    { key: 'acts', title: '操作', bare: true, fact: 3, cell: (row) => <ProofActs drawId={drawId} proof={row} /> },
  ];
}

function ProofActs({ drawId, proof }: { drawId: string; proof: Proof }) {
  const { act, busy } = useAct(recordReproof, { done: '已记录' });
  const params = { drawId, findingId: proof.findingId };
  if (proof.result !== null) return null;
  if (proof.obstacle !== null) return <span className="caption">{proof.obstacle}</span>;
  async function hold() {
    const yes = await confirm({ title: `“${proof.title}”复查合格？`, text: '结果记录后不能再改。', verb: '记录合格' });
    if (yes) await act({ params, body: { result: 'held' } });
  }
  async function fail() {
    const note = await ask({
      ...{ title: `“${proof.title}”复查不合格？`, text: '问题将重新整改。', label: '不合格的情况', verb: '记录不合格' },
      ...{ required: true, maxLength: 500 },
    });
    if (note !== null) await act({ params, body: { result: 'failed', note } });
  }
  return (
    <Row>
      <Button small busy={busy} onClick={() => void hold()}>
        合格
      </Button>
      <Button small busy={busy} onClick={() => void fail()}>
        不合格
      </Button>
    </Row>
  );
}

function DrawDialog({ onClose, onDrawn }: { onClose: () => void; onDrawn: (id: string) => void }) {
  const { units, unitId, today } = useDeskContext();
  const form = useForm(newDraw, {
    ...{ unitId: unitId ?? units[0]?.id, closedFrom: addDays(today, -90), closedTo: today },
  });
  const { act } = useAct(drawReproof, {
    done: ({ size, frameSize }) => `已从 ${frameSize} 个中抽取 ${size} 个`,
    inline: 'form',
    onDone: ({ id }) => {
      onClose();
      onDrawn(id);
    },
  });
  return (
    <Dialog open title="抽取复查" onClose={onClose}>
      <Form onSubmit={form.submit((body) => act({ body }))} verb="抽取" busy={form.busy} problem={form.problems['']}>
        <SelectField
          label="单位"
          {...form.field('unitId')}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Pair>
          <DateField label="销号日期自" {...form.field('closedFrom')} max={today} />
          <DateField label="至" {...form.field('closedTo')} max={today} />
        </Pair>
        <p className="caption">
          抽取十分之一（进一取整，至少一个）；同一时段只能抽取一次；还没有复查结果的，换时段或撤销后重新抽取沿用原种子，每个问题的次序不变；种子和范围留有记录。
        </p>
      </Form>
    </Dialog>
  );
}
