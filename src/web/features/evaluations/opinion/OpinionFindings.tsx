import { Link } from '@tanstack/react-router';
import { opinionCommentKinds } from '#domain/evaluation/lists.ts';
import { opinionCommentTitles } from '#domain/evaluation/opinion.ts';
import { findingStateTitles } from '#domain/flow/finding.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { formatDate } from '#web/shared/words/format.ts';
import type { Opinion, OpinionFinding } from '../evaluation-reply.ts';
import style from './Opinion.module.css';

interface DoorProps {
  opinion: Opinion;
  onOpen: (code: string) => void;
}

/** The four kinds of comment. */
export function Comments({ opinion: { comments }, onOpen }: DoorProps) {
  if (comments.length === 0) return <Empty title="还没有写意见" />;
  return (
    <div className={style.comments}>
      {opinionCommentKinds.map((kind) => {
        const own = comments.filter((one) => one.kind === kind);
        if (own.length === 0) return null;
        return (
          <section key={kind} aria-label={opinionCommentTitles[kind]}>
            <h3>{opinionCommentTitles[kind]}</h3>
            <ol>
              {own.map(({ code, text }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: comments have no other identity and do not move
                <li key={at}>
                  {text}
                  {code !== null && (
                    <Button small kind="quiet" onClick={() => onOpen(code)}>
                      {code}
                    </Button>
                  )}
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </div>
  );
}

/** What has to be put right; after the confirmation each stands in the ledger. */
export function Findings({ opinion: { findings }, onOpen }: DoorProps) {
  const columns: ReadonlyArray<Column<OpinionFinding>> = [
    {
      key: 'title',
      title: '问题',
      fact: 1,
      value: ({ title }) => title,
      cell: ({ title, body }) => <span title={body}>{title}</span>,
    },
    {
      key: 'code',
      title: '指标',
      fact: 2,
      width: '7rem',
      value: ({ code }) => code,
      cell: ({ code }) =>
        code === null ? (
          <Missing reason="不对应单个指标" />
        ) : (
          <Button small kind="quiet" onClick={() => onOpen(code)}>
            {code}
          </Button>
        ),
    },
    {
      key: 'due',
      title: '整改期限',
      fact: 3,
      width: '8rem',
      value: ({ dueOn }) => dueOn,
      cell: ({ dueOn }) => dueOn ?? <Missing reason="还没有定" />,
    },
    {
      key: 'raised',
      title: '整改台账',
      width: '12rem',
      value: ({ raisedAt }) => raisedAt,
      cell: ({ id, raisedAt, ledger }) =>
        ledger !== null ? (
          <Link to="/findings/$findingId" params={{ findingId: id }}>
            {ledgerText(ledger)}
          </Link>
        ) : raisedAt === null ? (
          <Missing reason="确认结果后转入" />
        ) : (
          `${formatDate(raisedAt)} 转入`
        ),
    },
  ];
  return (
    <DataTable
      caption="要整改的问题"
      columns={columns}
      rows={findings}
      rowKey={({ id }) => id}
      empty={<Empty title="没有要整改的问题" />}
    />
  );
}

/** `整改中，2027-03-01 到期`, `已销号，2026-12-01`. */
function ledgerText({ state, dueOn, closedOn }: NonNullable<OpinionFinding['ledger']>): string {
  const day = closedOn ?? (dueOn === null ? null : `${dueOn} 到期`);
  return [findingStateTitles[state], day].filter(Boolean).join('，');
}
