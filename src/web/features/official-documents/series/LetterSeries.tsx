import { Link } from '@tanstack/react-router';
import { enterPaper, paperLetter } from '#contract/official-documents/letters.ts';
import {
  beginSeries,
  changedSeries,
  changeSeries,
  newSeries,
  openSeries,
  series,
} from '#contract/official-documents/series.ts';
import type { RouteOutput } from '#contract/route.ts';
import { letterKindTitles } from '#domain/letter/state.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, SelectField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { seriesSearch } from '../letter.search.ts';
import { kindChoices } from '../letter.words.ts';

type Series = RouteOutput<typeof series>['rows'][number];

const columns: ReadonlyArray<Column<Series>> = [
  { key: 'code', title: '机关代字', fact: 1, value: (row) => row.code, cell: (row) => row.code },
  {
    key: 'kind',
    title: '用于',
    fact: 2,
    value: ({ kind }) => (kind === null ? '各种公文' : letterKindTitles[kind]),
    cell: ({ kind }) => (kind === null ? '各种公文' : letterKindTitles[kind]),
  },
  { key: 'head', title: '发文机关标志', value: (row) => row.head, cell: (row) => row.head },
  { key: 'signer', title: '署名', value: (row) => row.signer, cell: (row) => row.signer },
  {
    key: 'last',
    title: '本年已编到',
    align: 'end',
    fact: 3,
    value: (row) => row.last,
    cell: ({ last, first }) => (first > 1 ? `${last}（起始号 ${first}）` : String(last)),
  },
  {
    key: 'active',
    title: '使用',
    value: ({ active }) => (active ? '在用' : '停用'),
    cell: ({ active }) => (active ? '在用' : '停用'),
  },
];

/** 机关代字: how the letters of the unit are numbered, headed and signed. */
export default function LetterSeries() {
  const [search, setSearch] = useSearchState(seriesSearch);
  const read = useRead(series, {});
  const manages = read.data?.mayManage ?? false;
  const changed = read.data?.rows.find(({ id }) => id === search.series);
  const close = () => setSearch({ series: undefined, opening: undefined, entering: undefined }, { replace: true });
  return (
    <Page
      wide
      title="机关代字"
      above={<Link to="/letters">发文</Link>}
      state="同一机关代字一年一个序列，号数连续，不重不漏；撤回的公文保留号数。"
      action={
        manages && (
          <Row>
            <Button onClick={() => setSearch({ entering: true })}>补登纸质公文</Button>
            <Button kind="primary" onClick={() => setSearch({ opening: true })}>
              设立机关代字
            </Button>
          </Row>
        )
      }
    >
      <Loaded of={read} shape="table">
        {({ rows, managedBy }) => (
          <DataTable
            caption="机关代字"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            empty={
              <Empty title="还没有机关代字">
                设立之后才能送审和印发公文。
                {!manages && `由本单位的${managedBy.join('、')}设立。`}
              </Empty>
            }
            {...(manages ? { onOpen: ({ id }: Series) => setSearch({ series: id }) } : {})}
          />
        )}
      </Loaded>
      {manages && search.opening && read.data && <Opening office={read.data.office} onClose={close} />}
      {manages && search.entering && read.data && <Entering rows={read.data.rows} onClose={close} />}
      {manages && changed && <Changing key={changed.id} one={changed} onClose={close} />}
    </Page>
  );
}

function Opening({ office, onClose }: { office: string; onClose: () => void }) {
  const form = useForm(newSeries, {
    ...{ code: undefined, kind: null, head: `${office}文件`, signer: office, printedBy: office },
  });
  const { act } = useAct(openSeries, { done: '已设立', inline: 'form', onDone: onClose });
  return (
    <Dialog open title="设立机关代字" onClose={onClose}>
      <Form onSubmit={form.submit((body) => act({ body }))} verb="设立" busy={form.busy} problem={form.problems['']}>
        <TextField label="机关代字" {...form.field('code')} maxLength={30} help="如 示政教督" />
        <SelectField
          label="用于"
          {...form.field('kind')}
          required={false}
          placeholder="各种公文"
          options={kindChoices}
        />
        <TextField
          label="发文机关标志"
          {...form.field('head')}
          maxLength={60}
          help="印在红头上的全文，如 示例市人民政府教育督导室文件"
        />
        <TextField label="发文机关署名" {...form.field('signer')} maxLength={60} />
        <TextField label="印发机关" {...form.field('printedBy')} maxLength={60} />
      </Form>
    </Dialog>
  );
}

function Changing({ one, onClose }: { one: Series; onClose: () => void }) {
  const { today } = useDeskContext();
  const { head, signer, printedBy, active, revision } = one;
  const form = useForm(changedSeries, { head, signer, printedBy, active, revision });
  const { act } = useAct(changeSeries, { done: '已修改', inline: 'form', onDone: onClose });
  const beginning = useAct(beginSeries, { done: '已设定起始号', onDone: onClose });
  const params = { seriesId: one.id };
  async function begin() {
    const year = Number(today.slice(0, 4));
    const text = await ask({
      title: `设定 ${year} 年的起始号？`,
      text: '此前的号已在纸上用掉，可以补登；编号之前可以再改。',
      ...{ label: '起始号', verb: '设定', required: true, maxLength: 5 },
    });
    if (text !== null) await beginning.act({ params, body: { year, first: Number(text) } });
  }
  return (
    <Dialog open title={`机关代字：${one.code}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) => act({ params, body }))}
        verb="保存修改"
        busy={form.busy}
        problem={form.problems['']}
        more={
          one.lastIssuedOn === null && (
            <Button busy={beginning.busy} onClick={() => void begin()}>
              {one.first > 1 ? '修改本年起始号' : '设定本年起始号'}
            </Button>
          )
        }
      >
        <TextField label="发文机关标志" {...form.field('head')} maxLength={60} />
        <TextField label="发文机关署名" {...form.field('signer')} maxLength={60} />
        <TextField label="印发机关" {...form.field('printedBy')} maxLength={60} />
        <CheckField
          label="在用"
          help="停用后不再编号，已在办理的公文也须另选；已编的号留在登记簿。"
          {...form.field('active')}
        />
      </Form>
    </Dialog>
  );
}

function Entering({ rows, onClose }: { rows: readonly Series[]; onClose: () => void }) {
  const { today } = useDeskContext();
  const form = useForm(paperLetter, {
    ...{ seriesId: rows[0]?.id, kind: 'notice', number: undefined, title: undefined, issuedOn: undefined },
  });
  const { act } = useAct(enterPaper, {
    done: ({ number }) => `已补登 ${number ?? ''}`,
    inline: 'form',
    onDone: onClose,
  });
  return (
    <Dialog open title="补登纸质公文" onClose={onClose}>
      <Form onSubmit={form.submit((body) => act({ body }))} verb="补登" busy={form.busy} problem={form.problems['']}>
        <SelectField
          label="机关代字"
          {...form.field('seriesId')}
          options={rows.map(({ id, code }) => ({ value: id, label: code }))}
        />
        <SelectField label="种类" {...form.field('kind')} options={kindChoices} />
        <NumberField label="号数" {...form.field('number')} />
        <TextField label="标题" {...form.field('title')} maxLength={120} />
        <DateField label="印发日期" {...form.field('issuedOn')} max={today} />
      </Form>
    </Dialog>
  );
}
