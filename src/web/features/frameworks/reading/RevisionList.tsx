import { Link, linkOptions } from '@tanstack/react-router';
import type { read } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';

type Reply = RouteOutput<typeof read>;
type Revision = Reply['revisions'][number];

/** The versions of a framework: whatever was judged keeps the one with which it was judged. */
export function RevisionList({ reply }: { reply: Reply }) {
  return (
    <Section title="版本" note="发布后不再改变；改动另发新版本">
      <Facts
        items={[
          ['校验码', <code key="hash">{reply.hash}</code>, 'wide'],
          reply.basedOn && [
            '来源',
            <Link
              key="base"
              to="/frameworks/$key"
              params={{ key: reply.basedOn.key }}
              search={{ revision: reply.basedOn.revision }}
            >
              据此复制的版本
            </Link>,
          ],
        ]}
      />
      <DataTable<Revision>
        caption="版本"
        columns={columns}
        rows={reply.revisions}
        rowKey={({ revision }) => String(revision)}
        href={({ revision }) =>
          linkOptions({ to: '/frameworks/$key', params: { key: reply.key }, search: { revision, part: 'versions' } })
        }
      />
    </Section>
  );
}

const columns: ReadonlyArray<Column<Revision>> = [
  {
    key: 'at',
    title: '存入',
    fact: 1,
    width: '11rem',
    cell: ({ createdAt }) => formatDateTime(createdAt),
    value: ({ createdAt }) => createdAt,
  },
  {
    key: 'by',
    title: '由谁',
    fact: 2,
    width: '12rem',
    cell: ({ createdBy }) => createdBy,
    value: ({ createdBy }) => createdBy,
  },
  {
    key: 'note',
    title: '说明',
    fact: 3,
    cell: ({ note, withdrawn }) => (withdrawn ? `已停用　${note}` : note),
    value: ({ note, withdrawn }) => (withdrawn ? `已停用 ${note}` : note),
  },
  {
    key: 'hash',
    title: '校验码',
    width: '10rem',
    cell: ({ hash }) => <code>{hash.slice(0, 12)}</code>,
    value: ({ hash }) => hash,
  },
];
