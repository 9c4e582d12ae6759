import { Link, useParams } from '@tanstack/react-router';
import { readDraft, tryDraft } from '#contract/frameworks/frameworks.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Draft } from '../draft/draft-notes.ts';
import { AuthorityBand } from '../reading/AuthorityBand.tsx';
import { Trying } from './Trying.tsx';

/** A draft tried out before it is published and never changes again. */
export default function DraftTrialPage() {
  const { draftId } = useParams({ from: '/desk/frameworks/drafts/$draftId/trial' });
  const loaded = useRead(readDraft, { params: { draftId } });
  return (
    <LoadedPage of={loaded} title="试算草稿">
      {(draft) => <OfDraft draft={draft} />}
    </LoadedPage>
  );
}

function OfDraft({ draft }: { draft: Draft }) {
  const trying = useAct(tryDraft);
  const { id, title, revision, updatedBy, updatedAt } = draft;
  const params = { draftId: id };
  const waiting = draft.openCodes.length + draft.issues.length;
  const head = {
    title: `试算：${title}`,
    above: (
      <Link to="/frameworks/drafts/$draftId" params={params} search={{}}>
        {title}
      </Link>
    ),
    state: `草稿 · ${updatedBy} ${formatDateTime(updatedAt)} · 只作试算，不保存结果`,
    source: `试算 ${title}（草稿，${updatedBy} ${formatDateTime(updatedAt)}）`,
  };
  if (draft.state !== 'draft') {
    return (
      <Page {...head} state="只作试算，不保存结果">
        <Empty title={draft.state === 'published' ? '草稿已经发布' : '草稿已经放弃'}>
          {draft.state === 'published' ? '请在发布的版本上试算。' : '不再试算；需要的可以从来源版本再复制一份。'}
        </Empty>
      </Page>
    );
  }
  if (waiting > 0) {
    return (
      <Page {...head}>
        <Empty
          title={`还有 ${waiting} 处待补全，不能试算`}
          action={
            <ButtonLink to="/frameworks/drafts/$draftId" params={params} search={{ part: 'open' }}>
              查看待补全的地方
            </ButtonLink>
          }
        >
          分值、权重没有写全或前后不符的，算不出分数。补全以后再来试算。
        </Empty>
      </Page>
    );
  }
  return (
    <Trying
      draftId={id}
      edition={draft}
      head={head}
      band={<AuthorityBand edition={draft.definition} open={0} documents="" />}
      busy={trying.busy}
      onTry={(question) => trying.act({ params, body: { ...question, revision } })}
    />
  );
}
