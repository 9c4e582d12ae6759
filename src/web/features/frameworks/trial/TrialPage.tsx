import { Link, useParams } from '@tanstack/react-router';
import { read, tryOut } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { trialSearch } from '../frameworks.search.ts';
import { AuthorityBand } from '../reading/AuthorityBand.tsx';
import { Trying } from './Trying.tsx';

/** A published edition tried out. */
export default function TrialPage() {
  const { key } = useParams({ from: '/desk/frameworks/$key/trial' });
  const [search] = useSearchState(trialSearch);
  const loaded = useRead(read, {
    params: { key },
    query: search.revision === undefined ? {} : { revision: search.revision },
  });
  return (
    <LoadedPage of={loaded} title="试算">
      {(reply) => <OfEdition key={`${reply.key} ${reply.revision}`} reply={reply} />}
    </LoadedPage>
  );
}

function OfEdition({ reply }: { reply: RouteOutput<typeof read> }) {
  const trying = useAct(tryOut);
  const { key, revision, title, edition } = reply;
  return (
    <Trying
      edition={reply}
      head={{
        title: `试算：${title}`,
        above: (
          <Link to="/frameworks/$key" params={{ key }} search={{ revision }}>
            {title}
          </Link>
        ),
        state: `${edition} · 只作试算，不保存结果`,
        source: `试算 ${title} ${edition} · 校验码 ${reply.hash.slice(0, 16)}`,
      }}
      band={<AuthorityBand edition={reply.definition} open={reply.open} documents={reply.documents} />}
      busy={trying.busy}
      onTry={(question) => trying.act({ params: { key }, body: { ...question, revision } })}
    />
  );
}
