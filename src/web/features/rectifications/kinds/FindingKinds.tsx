import { Link } from '@tanstack/react-router';
import { changedKind, changeKind, kinds } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { findingSeverityTitles } from '#domain/flow/finding.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField, SelectField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { kindSearch } from '../finding.search.ts';
import { severityChoices } from '../finding.words.ts';

type Kind = RouteOutput<typeof kinds>['kinds'][number];

const columns: ReadonlyArray<Column<Kind>> = [
  { key: 'name', title: '类别', fact: 1, value: (row) => row.name, cell: (row) => row.name },
  {
    key: 'severity',
    title: '默认程度',
    value: (row) => findingSeverityTitles[row.severity],
    cell: (row) => findingSeverityTitles[row.severity],
  },
  {
    key: 'due',
    title: '整改期限',
    unit: '工作日',
    align: 'end',
    fact: 2,
    value: (row) => row.dueDays,
    cell: (row) => row.dueDays,
  },
  {
    key: 'escalation',
    title: '逾期升级间隔',
    unit: '工作日',
    align: 'end',
    fact: 3,
    value: (row) => row.escalationDays,
    cell: (row) => row.escalationDays,
  },
  {
    key: 'active',
    title: '使用',
    value: (row) => (row.active ? '在用' : '停用'),
    cell: (row) => (row.active ? '在用' : '停用'),
  },
  { key: 'source', title: '依据', value: (row) => row.source, cell: (row) => row.source },
];

/** 问题类别: what usually holds for each, and on what it rests. */
export default function FindingKinds() {
  const [search, setSearch] = useSearchState(kindSearch);
  const read = useRead(kinds, {});
  const changed = read.data?.kinds.find(({ key }) => key === search.kind);
  return (
    <Page
      wide
      title="问题类别"
      above={<Link to="/findings">整改台账</Link>}
      state="各类问题的默认程度和期限；改动只影响以后下发的问题。"
    >
      <Loaded of={read} shape="table">
        {({ kinds: rows, canChange }) => (
          <DataTable
            caption="问题类别"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.key}
            {...(canChange ? { onOpen: ({ key }: Kind) => setSearch({ kind: key }) } : {})}
          />
        )}
      </Loaded>
      {changed && read.data?.canChange && (
        <KindDialog
          key={changed.key}
          kind={changed}
          onClose={() => setSearch({ kind: undefined }, { replace: true })}
        />
      )}
    </Page>
  );
}

function KindDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { key, ...values } = kind;
  const form = useForm(changedKind, values);
  const { act } = useAct(changeKind, { done: '已修改', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`问题类别：${kind.name}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) => act({ params: { kindKey: key }, body }))}
        verb="保存修改"
        busy={form.busy}
        problem={form.problems['']}
      >
        <Pair>
          <TextField label="名称" {...form.field('name')} maxLength={20} />
          <SelectField label="默认程度" {...form.field('severity')} options={severityChoices} />
        </Pair>
        <Pair>
          <NumberField label="整改期限" unit="工作日" {...form.field('dueDays')} />
          <NumberField label="逾期升级间隔" unit="工作日" {...form.field('escalationDays')} />
        </Pair>
        <TextField label="依据" {...form.field('source')} maxLength={200} help="文号和条款，或本市的约定" />
        <CheckField label="在用" {...form.field('active')} />
      </Form>
    </Dialog>
  );
}
