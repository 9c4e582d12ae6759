import { useState } from 'react';
import { explain, newCause } from '#contract/balance-tracking/tracks.ts';
import { differenceKindTitles } from '#domain/balance-tracking/difference.ts';
import { namedSchools, schoolSetsSentence } from '#domain/balance-tracking/school-sets.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import type { Track } from './track-reply.ts';

type Difference = Track['differences'][number];

/** Our figures beside the province's, with the cause of each difference as it follows from the data, or as somebody wrote it. */
export function Differences({ track }: { track: Track }) {
  const [open, setOpen] = useState<Difference | null>(null);
  const asking = track.differences.filter(({ asks }) => asks);
  const unexplained = asking.filter(({ cause }) => cause === null).length;
  const published = track.differences.filter((one) => one.published !== null);
  const left = track.differences.length - published.length;
  return (
    <Section
      title="与省公布数据的差异"
      note={
        track.publication === null
          ? '省公布数据录入后逐项比对'
          : asking.length === 0
            ? '按公布的小数位没有不一致'
            : `${asking.length} 项不一致，${unexplained === 0 ? '都已写明原因' : `${unexplained} 项还没有写明原因`}`
      }
    >
      {published.length > 0 && (
        <DataTable<Difference>
          caption="差异表"
          columns={columnsOf(track.can.fill ? setOpen : undefined)}
          rows={published}
          rowKey={({ level, indicator }) => `${level}:${indicator}`}
          rowTone={({ asks, cause }) => (asks && cause === null ? 'look' : undefined)}
        />
      )}
      {track.publication !== null && left > 0 && <p className="soft">另有 {left} 项省级没有公布。</p>}
      {track.schools.map((one) => (
        <SchoolSets key={one.level} sets={one} />
      ))}
      {open && <Explain track={track} difference={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function columnsOf(write: ((difference: Difference) => void) | undefined): ReadonlyArray<Column<Difference>> {
  return [
    {
      key: 'name',
      title: '指标',
      fact: 1,
      value: ({ levelName, name }) => `${levelName}${name}`,
      cell: ({ levelName, name }) => `${levelName}${name}`,
    },
    {
      key: 'ours',
      title: '本平台',
      align: 'end',
      width: '7rem',
      value: ({ ours }) => (ours === null ? null : Number(ours)),
      cell: ({ ours, oursRounded }) =>
        ours === null ? <Missing reason="没有测算结果" /> : <span title={ours}>{oursRounded ?? shorter(ours)}</span>,
    },
    {
      key: 'published',
      title: '省公布',
      align: 'end',
      width: '7rem',
      value: ({ published }) => (published === null ? null : Number(published)),
      cell: ({ published }) => published ?? <Missing reason="没有公布或没有录入" />,
    },
    {
      key: 'difference',
      title: '相差',
      align: 'end',
      width: '6rem',
      fact: 2,
      value: ({ difference }) => (difference === null ? null : Number(difference)),
      cell: ({ difference }) => difference ?? <Missing reason="缺数据，不能比对" />,
    },
    {
      key: 'kind',
      title: '判断',
      fact: 3,
      width: '11rem',
      value: ({ kind }) => differenceKindTitles[kind],
      cell: ({ kind, withoutThem, cause }) =>
        `${kind === 'unexplained' && cause !== null ? '已说明' : differenceKindTitles[kind]}${withoutThem === null ? '' : `，剔除后为 ${withoutThem}`}`,
    },
    {
      key: 'cause',
      title: '原因',
      value: ({ cause }) => cause?.body ?? null,
      cell: (row) => (
        <>
          {row.cause === null ? (
            row.asks && <Missing reason="还没有写明" />
          ) : (
            <>
              {row.cause.body}
              <span className="soft">
                {' '}
                {row.cause.by}，{row.cause.on}
              </span>
            </>
          )}
          {row.asks && write && (
            <Button
              kind="quiet"
              small
              aria-label={`${row.cause === null ? '写明原因' : '修改原因'}：${row.levelName}${row.name}`}
              onClick={() => write(row)}
            >
              {row.cause === null ? '写明原因' : '修改原因'}
            </Button>
          )}
        </>
      ),
    },
  ];
}

/** Four decimals: the full figure stands in the title. */
const shorter = (text: string) => Number(text).toFixed(4);

function SchoolSets({ sets }: { sets: Track['schools'][number] }) {
  const sentence = schoolSetsSentence(sets);
  if (sentence === null) return null;
  const { excluded } = sets;
  return (
    <p>
      {sentence}
      {excluded.length > 0 && <span className="soft"> 本平台按标准不计入：{namedSchools(excluded)}。</span>}
    </p>
  );
}

function Explain({ track, difference, onClose }: { track: Track; difference: Difference; onClose: () => void }) {
  const form = useForm(newCause.pick({ body: true }), { body: difference.cause?.body ?? '' });
  const { act } = useAct(explain, { done: '已记下原因', inline: 'form', onDone: onClose });
  const { level, indicator } = difference;
  return (
    <Dialog open title={`差异原因：${difference.levelName}${difference.name}`} onClose={onClose}>
      <Form
        onSubmit={form.submit(({ body }) => act({ params: { trackId: track.id }, body: { level, indicator, body } }))}
        verb="记下原因"
        busy={form.busy}
        problem={form.problems['']}
      >
        <TextAreaField
          label="原因"
          {...form.field('body')}
          rows={4}
          maxLength={1000}
          help="写明省级与本平台的口径、学校或数据差在哪里；将随自评报告一并提交，并记下您的姓名和日期。"
        />
      </Form>
    </Dialog>
  );
}
