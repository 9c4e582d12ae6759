import { type read, takeFigures } from '#contract/official-documents/letters.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';

type Letter = Pick<RouteOutput<typeof read>, 'id' | 'revision' | 'state' | 'figures' | 'can'>;
type Figure = Letter['figures'][number];

/** What changed of the figures of a letter, by the parts of the text in which they stand. */
export function changedParts(figures: readonly Figure[]): ReadonlyMap<number, string> {
  const parts = new Map<number, string>();
  for (const { label, changed, parts: places } of figures) {
    if (changed === null) continue;
    for (const at of places) {
      const said = `${label}，文中 ${changed.was}，现为 ${changed.now ?? '没有数据'}`;
      parts.set(at, parts.has(at) ? `${parts.get(at)}；${said}` : said);
    }
  }
  return parts;
}

/** 数据来源: each figure of the letter with its query, value and moment; one press takes new values. */
export function FigureSources({ letter: { id, revision, state, figures, can } }: { letter: Letter }) {
  const taking = useAct(takeFigures, {
    done: state === 'draft' ? '已取新值' : '已取新值，公文回到草拟，须重新送审',
  });
  if (figures.length === 0) return null;
  const take = (keys: number[]) => void taking.act({ params: { letterId: id }, body: { revision, keys } });
  const renewable = figures.filter(({ changed }) => changed !== null && changed.now !== null);
  const note = can.edit
    ? '数据不会自行改变；有变的由拟稿人取新值，或在送审时确认按原值'
    : '印发后的数据和出处与定稿一起固定';
  return (
    <Section
      title="数据来源"
      note={note}
      action={
        can.edit &&
        renewable.length > 1 && (
          <Button small busy={taking.busy} onClick={() => take(renewable.map(({ key }) => key))}>
            全部取新值
          </Button>
        )
      }
    >
      <DataTable
        caption="数据来源"
        rows={figures}
        rowKey={({ key }) => String(key)}
        columns={[
          { key: 'label', title: '数据', fact: 1, value: (row) => row.label, cell: (row) => row.label },
          { key: 'value', title: '文中的值', fact: 2, value: (row) => row.value, cell: (row) => row.value },
          {
            key: 'readAt',
            title: '取数时间',
            value: (row) => row.readAt,
            cell: ({ readAt }) => formatDateTime(readAt),
          },
          {
            key: 'source',
            title: '出处',
            value: (row) => row.title,
            cell: ({ title, certificate }) => (
              <>
                {title}
                {certificate.map(({ item, value }) => (
                  <span key={item} className="soft">
                    {' '}
                    {item} {value}
                  </span>
                ))}
              </>
            ),
          },
          {
            key: 'changed',
            title: '现在',
            fact: 3,
            value: ({ changed }) => (changed === null ? '' : (changed.now ?? '没有数据')),
            cell: ({ key, changed }) =>
              changed === null ? (
                '与文中一致'
              ) : (
                <Row>
                  <span>数据有变：{changed.now ?? '现在没有这项数据'}</span>
                  {can.edit && changed.now !== null && (
                    <Button small busy={taking.busy} onClick={() => take([key])}>
                      取新值
                    </Button>
                  )}
                </Row>
              ),
          },
        ]}
      />
    </Section>
  );
}
