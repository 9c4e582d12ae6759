import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { discard, publish, readDraft, wholeCode } from '#contract/frameworks/frameworks.ts';
import { exportDraft } from '#contract/frameworks/workbook.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Tabs } from '#web/shared/kit/choice/Tabs.tsx';
import { ask } from '#web/shared/kit/dialog/question.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { noCampaignText } from '../framework.words.ts';
import { draftSearch } from '../frameworks.search.ts';
import { AuthorityBand } from '../reading/AuthorityBand.tsx';
import { IndicatorSplit } from '../reading/IndicatorSplit.tsx';
import { IndicatorView } from '../reading/IndicatorView.tsx';
import { PrintedEdition } from '../reading/PrintedEdition.tsx';
import { RulesView } from '../reading/RulesView.tsx';
import { DraftCells } from './DraftCells.tsx';
import { type Draft, draftNote, nodeIssues } from './draft-notes.ts';
import { liveIssues } from './live-issues.ts';
import { OpenPlaces } from './OpenPlaces.tsx';
import { TreeActs } from './TreeActs.tsx';
import { useDraftEdits } from './useDraftEdits.ts';
import { useTreeChange } from './useTreeChange.ts';
import { WholeForm } from './WholeForm.tsx';

const above = (
  <Link to="/frameworks" search={{}}>
    指标体系
  </Link>
);

/** An edition that this city writes or completes: its tree and cells, what is still unknown, and its publication. */
export default function DraftPage() {
  const { draftId } = useParams({ from: '/desk/frameworks/drafts/$draftId' });
  const loaded = useRead(readDraft, { params: { draftId } });
  return (
    <LoadedPage of={loaded} title="编制指标体系" above={above}>
      {(draft) => <Completing draft={draft} />}
    </LoadedPage>
  );
}

function Completing({ draft: stored }: { draft: Draft }) {
  const [search, setSearch] = useSearchState(draftSearch);
  const { definition, words, state } = stored;
  const edits = useDraftEdits(stored);
  // Points are added up with each keystroke; all else as it was when something was saved last.
  const draft = { ...stored, issues: liveIssues(stored, (code) => edits.of(code).typed) };
  const tree = useTreeChange(stored, (code) =>
    setSearch({ node: code ?? undefined, part: undefined }, { replace: true }),
  );
  const inner = new Set(definition.indicators.map(({ parent }) => parent));
  const waiting = draft.openCodes.length + draft.issues.length;
  const part = search.part ?? 'tree';
  const noCampaign = noCampaignText(definition.subject, draft.unknowable);
  const toNode = (code: string) => setSearch({ node: code, part: undefined });
  return (
    <Page
      wide
      title={draft.title}
      above={above}
      source={`${draft.title}（草稿）`}
      state={`${stateWords[state]} · ${waiting === 0 ? '可以发布' : `还有 ${waiting} 处待补全`} · ${draft.updatedBy} ${formatDateTime(draft.updatedAt)}`}
      action={
        <Acts
          draft={draft}
          edits={edits}
          waiting={waiting}
          noCampaign={noCampaign}
          onNode={toNode}
          onOpen={() => setSearch({ part: 'open' })}
          onRules={() => setSearch({ part: 'rules' })}
        />
      }
    >
      <AuthorityBand edition={definition} open={waiting} documents="" />
      {state === 'draft' && noCampaign !== null && (
        <Band tone="look" label="不能用于评估项目">
          {noCampaign}
        </Band>
      )}
      <Tabs
        label="内容"
        tabs={[
          { key: 'tree', label: '指标', count: definition.indicators.length },
          { key: 'open', label: '待补全', count: waiting },
          { key: 'rules', label: '规则和结论' },
        ]}
        value={part}
        onChange={(key) => setSearch({ part: key === 'tree' ? undefined : key })}
      >
        {part === 'tree' && (
          <div className="screen-only">
            <IndicatorSplit
              indicators={definition.indicators}
              node={search.node ?? null}
              onNode={(code) => setSearch({ node: code ?? undefined }, { replace: true })}
              note={(indicator) => draftNote(draft, indicator)}
              {...(state === 'draft' ? { onDrop: tree.drop } : {})}
            >
              {(indicator) => (
                <>
                  {state === 'draft' && (
                    <TreeActs
                      key={`tree ${indicator.code}`}
                      draft={draft}
                      indicator={indicator}
                      tree={tree}
                      isTyped={edits.isTyped(indicator.code)}
                    />
                  )}
                  {state === 'draft' && (
                    <DraftCells
                      key={indicator.code}
                      indicator={indicator}
                      edit={edits.of(indicator.code)}
                      onEdit={(edit) => edits.set(indicator.code, edit)}
                      overtaken={edits.overtaken.filter(({ code }) => code === indicator.code)}
                      onChoose={edits.choose}
                      issues={nodeIssues(draft, indicator.code)}
                      isInner={inner.has(indicator.code)}
                      isGuessed={draft.guesses.includes(indicator.code)}
                      onConfirm={() => edits.confirmGuess(indicator.code)}
                      isBusy={edits.busy}
                    />
                  )}
                  <IndicatorView edition={definition} indicator={indicator} words={words} />
                </>
              )}
            </IndicatorSplit>
          </div>
        )}
        {part === 'open' && <OpenPlaces draft={draft} onNode={toNode} />}
        {part === 'rules' && state === 'draft' && <WholeForm draft={draft} edits={edits} />}
        {part === 'rules' && <RulesView edition={definition} words={words} />}
      </Tabs>
      {part === 'tree' && <PrintedEdition edition={definition} words={words} />}
    </Page>
  );
}

const stateWords = { draft: '草稿', published: '已发布', discarded: '已放弃' } as const;

interface ActsProps {
  draft: Draft;
  edits: ReturnType<typeof useDraftEdits>;
  /** How many places keep it from its publication. */
  waiting: number;
  /** Why no campaign can take it; null where one can. */
  noCampaign: string | null;
  onNode: (code: string) => void;
  onOpen: () => void;
  onRules: () => void;
}

function Acts({ draft, edits, waiting, noCampaign, onNode, onOpen, onRules }: ActsProps) {
  const navigate = useNavigate();
  const params = { draftId: draft.id };
  const publishing = useAct(publish, {
    done: '已发布为本市样本',
    onDone: ({ key }) => void navigate({ to: '/frameworks/$key', params: { key }, search: {} }),
  });
  const discarding = useAct(discard, {
    done: '已放弃草稿',
    onDone: () => void navigate({ to: '/frameworks', search: {} }),
  });
  async function askPublish() {
    const note = await ask({
      title: `发布“${draft.title}”？`,
      text: ['发布后成为本市补全的样本，全市可见，内容不再改变；以后的改动另发新版本。', noCampaign]
        .filter(Boolean)
        .join(''),
      label: '版本说明',
      verb: '发布',
      required: true,
      maxLength: 300,
    });
    if (note !== null) await publishing.act({ params, body: { revision: draft.revision, note } });
  }
  async function askDiscard() {
    const reason = await ask({
      title: `放弃“${draft.title}”的草稿？`,
      text: '草稿不能再填写，也不能恢复；来源版本不变，可以再复制一份。',
      label: '放弃原因',
      verb: '放弃草稿',
      danger: true,
      required: true,
      maxLength: 300,
    });
    if (reason !== null) await discarding.act({ params, body: { revision: draft.revision, reason } });
  }
  return (
    <>
      <Button kind="quiet" onClick={() => print()}>
        打印
      </Button>
      <Download route={exportDraft} input={{ params }} kind="quiet">
        导出 Excel
      </Download>
      {draft.state === 'draft' && (
        <ButtonLink kind="quiet" to="/frameworks/drafts/$draftId/trial" params={params} search={{}}>
          试算
        </ButtonLink>
      )}
      {draft.basedOn && (
        <ButtonLink
          kind="quiet"
          to="/frameworks/$key"
          params={{ key: draft.basedOn.key }}
          search={{ revision: draft.basedOn.revision }}
        >
          来源版本
        </ButtonLink>
      )}
      {draft.state === 'draft' && (
        <>
          <Button busy={discarding.busy} onClick={() => void askDiscard()}>
            放弃草稿
          </Button>
          {edits.count > 0 ? (
            <Button kind="primary" busy={edits.busy} onClick={edits.save}>
              保存 {edits.count} 格
            </Button>
          ) : edits.overtaken.length > 0 ? (
            <Button
              kind="primary"
              onClick={() => (edits.overtaken[0]!.code === wholeCode ? onRules() : onNode(edits.overtaken[0]!.code))}
            >
              处理 {edits.overtaken.length} 格冲突
            </Button>
          ) : waiting > 0 ? (
            <Button kind="primary" onClick={onOpen}>
              补全 {waiting} 处
            </Button>
          ) : (
            <Button kind="primary" busy={publishing.busy} onClick={() => void askPublish()}>
              发布
            </Button>
          )}
        </>
      )}
    </>
  );
}
