import * as filings from '#contract/filings/filings.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { CommentThread } from '#web/shared/comments/CommentThread.tsx';
import type { FilingDetail } from '../../filing-drafts.ts';

interface CellCommentsProps {
  filingId: string;
  field: string;
  comments: FilingDetail['comments'];
  may: boolean;
}

/** The comments on a cell of a filing, and a line to add one. */
export function CellComments({ filingId, field, comments, may }: CellCommentsProps) {
  const add = useAct(filings.comment);
  const resolve = useAct(filings.resolveComment);
  return (
    <CommentThread
      part={field}
      comments={comments.map(({ field: part, ...comment }) => ({ ...comment, part }))}
      acts={
        may
          ? {
              add: (part, body) => add.act({ params: { filingId }, body: { field: part, body } }),
              resolve: (commentId) => resolve.act({ params: { filingId, commentId } }),
              busy: add.busy || resolve.busy,
            }
          : undefined
      }
    />
  );
}
