import { type FormEvent, useId, useState } from 'react';
import { Button } from '../kit/action/Button.tsx';
import { formatDateTime } from '../words/format.ts';
import style from './CommentThread.module.css';

/** What somebody said about one part of a subject. */
export interface PartComment {
  readonly id: string;
  readonly part: string;
  readonly body: string;
  readonly authorName: string;
  readonly at: string;
  readonly resolvedAt: string | null;
}

/** The acts of this person on the comments of the subject; absent where there are none. */
export interface CommentActs {
  /** Resolves with undefined where it was refused; the written text then stays. */
  readonly add: (part: string, body: string) => Promise<unknown>;
  readonly resolve: (commentId: string) => Promise<unknown>;
  readonly busy: boolean;
}

interface CommentThreadProps {
  /** The part that it is about. */
  part: string;
  /** All comments of the subject. */
  comments: readonly PartComment[];
  acts: CommentActs | undefined;
}

/** The comments on one part, open ones first, and a line to add one. */
export function CommentThread({ part, comments, acts }: CommentThreadProps) {
  const own = comments
    .filter((comment) => comment.part === part)
    .sort((left, right) => Number(left.resolvedAt !== null) - Number(right.resolvedAt !== null));
  return (
    <>
      {own.length > 0 && (
        <ul className={style.thread}>
          {own.map((comment) => (
            <li key={comment.id} data-resolved={comment.resolvedAt !== null || undefined}>
              <span>{comment.body}</span>
              <span className="caption">
                {comment.authorName} {formatDateTime(comment.at)}
                {comment.resolvedAt ? ' · 已处理' : ''}
              </span>
              {acts && !comment.resolvedAt && (
                <Button small kind="quiet" busy={acts.busy} onClick={() => void acts.resolve(comment.id)}>
                  标为已处理
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {own.length === 0 && !acts && <p className="caption">没有批注。</p>}
      {acts && <NewComment part={part} acts={acts} />}
    </>
  );
}

function NewComment({ part, acts }: { part: string; acts: CommentActs }) {
  const id = useId();
  const [text, setText] = useState('');
  const body = text.trim();
  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (body && (await acts.add(part, body)) !== undefined) setText('');
  }
  return (
    <form className={style.add} onSubmit={(event) => void onSubmit(event)}>
      <label className="visually-hidden" htmlFor={id}>
        批注 {part}
      </label>
      <input
        id={id}
        value={text}
        maxLength={1000}
        placeholder="写一条批注"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" small busy={acts.busy} disabled={body === ''}>
        添加
      </Button>
    </form>
  );
}
