import type { z } from 'zod';
import * as filings from '#contract/filings/filings.ts';
import { type TimelineKind, timelineKindTitles } from '#domain/filing/review/timeline.ts';
import { useReadPages } from '#web/shared/call/queries.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Chronicle } from '#web/shared/kit/layout/Chronicle.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Further } from '#web/shared/kit/table/Further.tsx';
import { useRoleNames } from '#web/shared/session/role-names.ts';
import { formatDateTime, formatTime } from '#web/shared/words/format.ts';
import type { Field } from '../filing-cell.ts';
import { inFormOrder } from '../form-order.ts';
import { changeText } from './ChangeTable.tsx';
import style from './FilingTimeline.module.css';
import { SinceReturn } from './SinceReturn.tsx';

type Entry = z.output<typeof filings.timeline.output>['rows'][number];
type Change = Entry['changes'][number];

interface FilingTimelineProps {
  filingId: string;
  fields: readonly Field[];
  kind: TimelineKind | undefined;
  onKind: (kind: TimelineKind | undefined) => void;
}

/** Everything that happened to a filing, newest first, and above it what changed since it was sent back last. */
export function FilingTimeline({ filingId, fields, kind, onKind }: FilingTimelineProps) {
  const list = useReadPages(filings.timeline, { ...(kind ? { kind } : {}), pageSize: 50 }, { params: { filingId } });
  return (
    <Loaded of={list.first}>
      {({ total, kinds, sinceReturn, whole }) => (
        <>
          {sinceReturn && (
            <Section title="自上次退回以来">
              <SinceReturn since={sinceReturn} fields={fields} />
            </Section>
          )}
          <Section title="办理经过">
            <FilterBar>
              <FilterSelect
                label="只看"
                value={kind}
                options={kinds.map((each) => ({
                  value: each.kind,
                  label: `${timelineKindTitles[each.kind]}（${each.entries}）`,
                }))}
                onChange={onKind}
              />
            </FilterBar>
            {list.rows.length === 0 ? (
              <p className="caption">{kind ? `没有${timelineKindTitles[kind]}的记录。` : '还没有任何记录。'}</p>
            ) : (
              <Chronicle
                entries={list.rows.map((entry) => ({
                  key: entry.id,
                  time: <Moment entry={entry} />,
                  content: <Happened entry={entry} fields={fields} />,
                }))}
              />
            )}
            <Further of={list} total={total} />
            {!whole && <p className="caption">保存次数过多，最早的填写没有列出；可在下面按数据项查看。</p>}
          </Section>
        </>
      )}
    </Loaded>
  );
}

function Moment({ entry: { at, until } }: { entry: Entry }) {
  const from = formatDateTime(at);
  const to = formatDateTime(until);
  return (
    <time dateTime={at}>
      {from}
      {to !== from && `–${to.slice(0, 10) === from.slice(0, 10) ? formatTime(until) : to}`}
    </time>
  );
}

/** A piece of work shows so many fields at once, the others on request. */
const shownAtOnce = 6;

function Happened({ entry, fields }: { entry: Entry; fields: readonly Field[] }) {
  const roleName = useRoleNames();
  const { title, by, role, text, changes, saves, kind } = entry;
  const [first, rest] = [changes.slice(0, shownAtOnce), changes.slice(shownAtOnce)];
  const typed = kind === 'change' || kind === 'import';
  return (
    <>
      <p>
        <strong>{title}</strong>　{[by ?? '系统', role && roleName(role)].filter(Boolean).join(' · ')}
        {typed && changes.length > 0 && <span className="caption">　{changes.length} 项</span>}
      </p>
      {text && <p>{text}</p>}
      {entry.fields && <p className="caption">数据项：{inFormOrder(entry.fields, fields).join('、')}</p>}
      {typed && changes.length === 0 && <p className="caption">保存 {saves} 次，最后改回原值。</p>}
      <ChangeLines changes={first} fields={fields} />
      {rest.length > 0 && (
        <details className={style.rest}>
          <summary>其余 {rest.length} 项</summary>
          <ChangeLines changes={rest} fields={fields} />
        </details>
      )}
    </>
  );
}

function ChangeLines({ changes, fields }: { changes: readonly Change[]; fields: readonly Field[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className={style.changes}>
      {changes.map(({ field, before, after, explanation }) => (
        <li key={field}>
          {field}
          <span className="tabular">
            {before === after ? (
              `值仍为 ${changeText(fields, field, after)}`
            ) : (
              <>
                {changeText(fields, field, before)} → <strong>{changeText(fields, field, after)}</strong>
              </>
            )}
          </span>
          {explanation !== null && <span className="caption">说明：{explanation}</span>}
        </li>
      ))}
    </ul>
  );
}
