import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { read, tryOut } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { trialSearch } from '../frameworks.search.ts';
import { AuthorityBand } from '../reading/AuthorityBand.tsx';
import { IndicatorSplit } from '../reading/IndicatorSplit.tsx';
import { IndicatorView } from '../reading/IndicatorView.tsx';
import { AnswerLeaf } from './AnswerLeaf.tsx';
import { answerField, answerOf } from './answer-field.ts';
import { TrialOutcome } from './TrialOutcome.tsx';
import { TrialQuestion, type TrialSubject } from './TrialQuestion.tsx';
import { leafNote, TrialSteps } from './TrialSteps.tsx';

type Reply = RouteOutput<typeof read>;
type Trial = RouteOutput<typeof tryOut>;

/** An edition tried out: by answers that are typed, and by what the system knows of a unit or a school. Nothing is kept. */
export default function TrialPage() {
  const { key } = useParams({ from: '/desk/frameworks/$key/trial' });
  const [search] = useSearchState(trialSearch);
  const loaded = useRead(read, {
    params: { key },
    query: search.revision === undefined ? {} : { revision: search.revision },
  });
  return (
    <LoadedPage of={loaded} title="试算">
      {(reply) => <Trying key={`${reply.key} ${reply.revision}`} reply={reply} />}
    </LoadedPage>
  );
}

function Trying({ reply }: { reply: Reply }) {
  const { definition, words } = reply;
  const [search, setSearch] = useSearchState(trialSearch);
  const { year } = useDeskContext();
  const [subject, setSubject] = useState<TrialSubject | null>(null);
  const [typed, setTyped] = useState<Readonly<Record<string, string | number>>>({});
  const [trial, setTrial] = useState<Trial | null>(null);
  const assessed = search.assessed ?? (year === null ? new Date().getFullYear() - 1 : year - 1);
  const trying = useAct(tryOut, { onDone: setTrial });
  const parents = new Set(definition.indicators.map(({ parent }) => parent));

  function start() {
    const answers = Object.fromEntries(
      definition.indicators.flatMap((indicator) => {
        const answer = answerOf(answerField(indicator), typed[indicator.code] ?? null);
        return answer === undefined ? [] : [[indicator.code, answer]];
      }),
    );
    void trying.act({
      params: { key: reply.key },
      body: {
        ...{ revision: reply.revision, answers, year: assessed },
        subject: subject && { type: subject.type, id: subject.id },
        occasion: search.again ? 'again' : 'first',
      },
    });
  }

  return (
    <Page
      wide
      title={`试算：${reply.title}`}
      above={
        <Link to="/frameworks/$key" params={{ key: reply.key }} search={{ revision: reply.revision }}>
          {reply.title}
        </Link>
      }
      state={`${reply.edition} · 只作试算，不保存结果`}
      source={`试算 ${reply.title} ${reply.edition} · 校验码 ${reply.hash.slice(0, 16)}`}
      action={
        <>
          <Button kind="quiet" onClick={() => print()}>
            打印
          </Button>
          <Button kind="primary" busy={trying.busy} onClick={start}>
            试算
          </Button>
        </>
      }
    >
      <AuthorityBand edition={definition} open={reply.open} documents={reply.documents} />
      <Stack gap={6}>
        <TrialQuestion
          kind={definition.subject}
          subject={subject}
          onSubject={setSubject}
          year={assessed}
          onYear={(value) => setSearch({ assessed: value })}
          again={search.again === true}
          onAgain={(again) => setSearch({ again: again || undefined })}
        />
        {trial && <TrialOutcome trial={trial} onNode={(code) => setSearch({ node: code })} />}
        <IndicatorSplit
          indicators={definition.indicators}
          node={search.node ?? null}
          onNode={(code) => setSearch({ node: code ?? undefined }, { replace: true })}
          note={(indicator) => leafNote(trial, indicator)}
        >
          {(indicator) => (
            <>
              {!parents.has(indicator.code) && (
                <AnswerLeaf
                  key={indicator.code}
                  indicator={indicator}
                  value={typed[indicator.code] ?? null}
                  onChange={(value) =>
                    setTyped(({ [indicator.code]: _, ...rest }) =>
                      value === null || value === '' ? rest : { ...rest, [indicator.code]: value },
                    )
                  }
                />
              )}
              {trial && <TrialSteps trial={trial} indicator={indicator} />}
              <IndicatorView edition={definition} indicator={indicator} words={words} />
            </>
          )}
        </IndicatorSplit>
      </Stack>
    </Page>
  );
}
