import { useState } from 'react';
import type { RouteOutput } from '#contract/route.ts';
import { changeTerm, holdRetention, liftRetention, listRetention } from '#contract/settings/retention.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { proofOf, removalWords, termOf } from './retention.words.ts';
import { retentionSearch } from './settings.search.ts';

type Kind = RouteOutput<typeof listRetention>['rows'][number];

const columns: ReadonlyArray<Column<Kind>> = [
  {
    key: 'title',
    title: '类别',
    fact: 1,
    width: '11rem',
    value: ({ title }) => title,
    cell: ({ title, holds }) => (
      <Row>
        {title}
        {holds.length > 0 && <StateMark state="attention" text="暂停清理" />}
      </Row>
    ),
  },
  { key: 'term', title: '期限', fact: 2, width: '5rem', value: termOf, cell: termOf },
  {
    key: 'removal',
    title: '期满以后',
    fact: 3,
    width: '7rem',
    value: ({ removal }) => removalWords[removal],
    cell: ({ removal }) => removalWords[removal],
  },
  { key: 'covers', title: '包括', value: ({ covers }) => covers, cell: ({ covers }) => covers },
  { key: 'basis', title: '依据', value: ({ basis }) => basis, cell: ({ basis }) => basis },
  { key: 'proof', title: '最近一次清理', width: '9rem', value: proofOf, cell: proofOf },
];

/** What is kept for how long, on what that rests, what stops the removal, and what the last night removed. */
export default function Retention() {
  const [search, setSearch] = useSearchState(retentionSearch);
  const read = useRead(listRetention, {});
  return (
    <Page
      wide
      title="保管期限"
      state="期满的记录由夜间任务清理，条数、起止时间和内容摘要记入审计；暂停清理的不清理。依据以“示例”开头的，请换成本机关的期限表。"
      action={<ButtonLink to="/settings">设置</ButtonLink>}
    >
      <Loaded of={read} shape="table">
        {({ rows }) => (
          <DataTable
            caption="保管期限"
            columns={columns}
            rows={rows}
            rowKey={({ key }) => key}
            onOpen={({ key }) => setSearch({ kind: key === search.kind ? undefined : key }, { replace: true })}
            details={(kind) => kind.key === search.kind && <Details kind={kind} />}
          />
        )}
      </Loaded>
    </Page>
  );
}

function Details({ kind }: { kind: Kind }) {
  const [changing, setChanging] = useState(false);
  const holding = useAct(holdRetention, { done: '已暂停清理，直到解除。' });
  const lifting = useAct(liftRetention, { done: '已解除，今夜起按期限清理。' });
  const params = { kind: kind.key };
  const hold = async () => {
    const reason = await ask({
      title: `暂停清理“${kind.title}”？`,
      text: '期满的记录也不清理，直到解除。暂停和理由记入审计。',
      ...{ label: '理由', help: '例如案件、信访件或检查的名称', verb: '暂停清理', required: true, maxLength: 500 },
    });
    if (reason !== null) await holding.act({ params, body: { reason } });
  };
  const lift = async () => {
    const reason = await ask({
      title: `解除“${kind.title}”的暂停？`,
      text: '全部暂停一并解除，期满的记录今夜即被清理，不能恢复。',
      ...{ label: '解除理由', verb: '解除暂停', required: true, maxLength: 500, danger: true },
    });
    if (reason !== null) await lifting.act({ params, body: { reason } });
  };
  const removal = kind.proof?.removal;
  return (
    <Stack>
      {kind.holds.map(({ id, reason, placedAt, placedBy }) => (
        <p key={id}>
          {formatDateTime(placedAt)} {placedBy} 暂停清理：{reason}
        </p>
      ))}
      {removal && (
        <p>
          {formatDateTime(removal.at)} 清理 {formatNumber(removal.removed)} 条，{formatDateTime(removal.oldest)} 至{' '}
          {formatDateTime(removal.newest)}，内容摘要 <code>{removal.digest}</code>
        </p>
      )}
      {kind.changed && (
        <p>
          期限由{kind.changed.by}于 {formatDateTime(kind.changed.at)} 修改
        </p>
      )}
      {kind.removal === 'end' ? (
        <p className="caption">失效即清理，没有可以修改的期限。</p>
      ) : (
        <Row>
          <Button small onClick={() => setChanging(true)}>
            修改期限
          </Button>
          <Button small busy={holding.busy} onClick={() => void hold()}>
            暂停清理
          </Button>
          {kind.holds.length > 0 && (
            <Button small busy={lifting.busy} onClick={() => void lift()}>
              解除暂停
            </Button>
          )}
        </Row>
      )}
      {changing && <Term kind={kind} onClose={() => setChanging(false)} />}
    </Stack>
  );
}

function Term({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { years, revision, leastYears, title } = kind;
  const form = useForm(changeTerm.body!, { years, basis: kind.sample ? '' : kind.basis, revision });
  const { act } = useAct(changeTerm, { done: '期限已修改。', inline: 'form', onDone: onClose });
  const submit = form.submit(async (body) => {
    const shorter = body.years !== null && (years === null || body.years < years) && kind.removal === 'term';
    const yes =
      !shorter ||
      (await confirm({
        title: `把“${title}”缩短为 ${body.years} 年？`,
        text: `早于 ${body.years} 年的记录今夜即被清理，不能恢复。`,
        verb: '缩短期限',
        danger: true,
      }));
    if (yes) await act({ params: { kind: kind.key }, body });
  });
  return (
    <Dialog open title={`保管期限：${title}`} onClose={onClose}>
      <Form onSubmit={submit} verb="保存修改" busy={form.busy} problem={form.problems['']}>
        <NumberField
          label="期限"
          unit="年"
          help={`至少 ${leastYears} 年；留空为长期保存`}
          {...form.field('years')}
          required={false}
        />
        <TextField
          label="依据"
          maxLength={500}
          help="文件名称和条款，例如本机关期限表的条目"
          {...form.field('basis')}
        />
      </Form>
    </Dialog>
  );
}
