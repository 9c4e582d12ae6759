import { type ComponentProps, type ReactNode, useState } from 'react';
import type { tryDraft, tryOut } from '#contract/frameworks/frameworks.ts';
import type { RouteArguments, RouteOutput } from '#contract/route.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { trialSearch } from '../frameworks.search.ts';
import { IndicatorSplit } from '../reading/IndicatorSplit.tsx';
import { IndicatorView } from '../reading/IndicatorView.tsx';
import { AnswerLeaf } from './AnswerLeaf.tsx';
import { answerField, answerOf } from './answer-field.ts';
import { EarlierComparison } from './EarlierComparison.tsx';
import { EarlierField } from './EarlierField.tsx';
import type { Earlier } from './earlier.words.ts';
import { TrialOutcome } from './TrialOutcome.tsx';
import { TrialQuestion } from './TrialQuestion.tsx';
import { leafNote, TrialSteps } from './TrialSteps.tsx';
import { useEarlierRound } from './useEarlierRound.ts';
import { useTrialSubject } from './useTrialSubject.ts';

type Trial = RouteOutput<typeof tryOut> & { readonly earlier?: Earlier | null };
type Question = Omit<RouteArguments<typeof tryDraft>['body'], 'revision'>;

interface TryingProps {
  edition: { readonly definition: Edition; readonly words: Readonly<Record<string, string>> };
  /** The head of the page: what is tried, and the way back. */
  head: Pick<ComponentProps<typeof Page>, 'title' | 'above' | 'state' | 'source'>;
  /** How far the edition carries. */
  band: ReactNode;
  busy: boolean;
  /** The draft that may be tried by what was said in an earlier round; absent for what is published. */
  draftId?: string;
  onTry: (question: Question) => Promise<Trial | undefined>;
}

/** An edition with answers that are typed, or with what the system knows of a unit or a school. Nothing is kept. */
export function Trying({ edition, head, band, busy, draftId, onTry }: TryingProps) {
  const { definition, words } = edition;
  const [search, setSearch] = useSearchState(trialSearch);
  const { year, today } = useDeskContext();
  const subject = useTrialSubject(definition.subject, search.of);
  const round = useEarlierRound(draftId, search.round);
  const [typed, setTyped] = useState<Readonly<Record<string, string | number>>>({});
  const [tried, setTried] = useState<{ readonly trial: Trial; readonly question: string } | null>(null);
  const trial = tried?.trial ?? null;
  const assessed = search.assessed ?? (year ?? Number(today.slice(0, 4))) - 1;
  const occasion = search.again ? 'again' : 'first';
  const branches = firstBranches(definition.indicators);
  const takes = (search.chosen ?? '').split(',');
  const chosen =
    definition.flags?.perVisit === true ? branches.map(({ code }) => code).filter((code) => takes.includes(code)) : [];
  const ofHolders = definition.flags?.splitByTenure === true;
  const months = ofHolders ? (search.months ?? null) : null;
  const question = JSON.stringify([
    subject?.id,
    assessed,
    occasion,
    chosen,
    months,
    round?.id,
    Object.entries(typed).sort(),
  ]);
  const answered = Object.keys(typed).length;
  useLeaveGuard(
    answered === 0
      ? null
      : {
          title: `${answered} 项试填的答案没有保存`,
          text: '试算不保存答案，离开后要重新填写。',
          verb: '放弃并离开',
          danger: true,
        },
  );
  const parents = new Set(definition.indicators.map(({ parent }) => parent));

  async function start() {
    const answers = definition.indicators.flatMap((indicator) => {
      const answer = answerOf(answerField(indicator), typed[indicator.code] ?? null);
      return answer === undefined ? [] : [{ code: indicator.code, ...answer }];
    });
    const result = await onTry({
      ...{ answers, year: assessed, subject: subject && { type: subject.type, id: subject.id }, occasion },
      ...{ chosen: chosen.length === 0 ? null : chosen, tenureMonths: months },
      ...(round === null ? {} : { earlier: round.id }),
    });
    if (result) setTried({ trial: result, question });
  }

  return (
    <Page
      wide
      {...head}
      action={
        <>
          <Button kind="quiet" onClick={() => print()}>
            打印
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void start()}>
            试算
          </Button>
        </>
      }
    >
      {band}
      <Stack gap={6}>
        {draftId !== undefined && (
          <EarlierField draftId={draftId} round={round} onRound={(id) => setSearch({ round: id ?? undefined })} />
        )}
        <TrialQuestion
          round={round}
          kind={definition.subject}
          subject={subject}
          onSubject={(chosen) => setSearch({ of: chosen?.id })}
          year={assessed}
          onYear={(value) => setSearch({ assessed: value })}
          again={search.again === true}
          onAgain={(again) => setSearch({ again: again || undefined })}
          visit={definition.flags?.perVisit === true ? { branches, chosen } : null}
          onChosen={(next) => setSearch({ chosen: next.join(',') || undefined })}
          months={ofHolders ? months : undefined}
          onMonths={(next) => setSearch({ months: next ?? undefined })}
        />
        {tried && tried.question !== question && (
          <Band tone="look" label="结果已过时">
            评估对象、年度或答案已改，下面还是改动以前的结果，请重新试算。
          </Band>
        )}
        {trial?.earlier && <EarlierComparison earlier={trial.earlier} onNode={(code) => setSearch({ node: code })} />}
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

/** The branches below the whole: the children of one root, or the roots where there are several. */
function firstBranches(indicators: Edition['indicators']) {
  const roots = indicators.filter(({ parent }) => parent === null);
  return roots.length === 1 ? indicators.filter(({ parent }) => parent === roots[0]!.code) : roots;
}
