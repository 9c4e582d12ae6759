import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { copy, download, read, withdraw } from '#contract/frameworks/frameworks.ts';
import { exportWorkbook } from '#contract/frameworks/workbook.ts';
import type { RouteOutput } from '#contract/route.ts';
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
import { editionMarks } from '../desk/state-marks.ts';
import { subjectTitles } from '../framework.words.ts';
import { frameworkSearch } from '../frameworks.search.ts';
import { AuthorityBand } from './AuthorityBand.tsx';
import { FactList } from './FactList.tsx';
import { IndicatorSplit } from './IndicatorSplit.tsx';
import { IndicatorView } from './IndicatorView.tsx';
import { PrintedEdition } from './PrintedEdition.tsx';
import { RevisionList } from './RevisionList.tsx';
import { RulesView } from './RulesView.tsx';

type Reply = RouteOutput<typeof read>;

const above = (
  <Link to="/frameworks" search={{}}>
    指标体系
  </Link>
);

/** One edition of a framework: its tree with one indicator open, its rules, and what it reads. */
export default function FrameworkPage() {
  const { key } = useParams({ from: '/desk/frameworks/$key' });
  const [search] = useSearchState(frameworkSearch);
  const query = search.revision === undefined ? {} : { revision: search.revision };
  const loaded = useRead(read, { params: { key }, query });
  return (
    <LoadedPage of={loaded} title="指标体系" above={above}>
      {(reply) => <Reading key={`${reply.key} ${reply.revision}`} reply={reply} />}
    </LoadedPage>
  );
}

function Reading({ reply }: { reply: Reply }) {
  const [search, setSearch] = useSearchState(frameworkSearch);
  const { definition, words } = reply;
  const part = search.part ?? 'tree';
  return (
    <Page
      wide
      title={reply.title}
      above={above}
      source={`${reply.title} ${reply.edition} · 校验码 ${reply.hash.slice(0, 16)}`}
      state={[
        reply.edition,
        subjectTitles[reply.subject],
        `${reply.leaves} 项末级指标`,
        editionMarks[reply.state].word,
      ].join(' · ')}
      action={<Acts reply={reply} />}
    >
      <AuthorityBand edition={definition} open={reply.open} documents={reply.documents} />
      {reply.withdrawal && (
        <Band tone="look" label="已停用">
          {`${formatDateTime(reply.withdrawal.at)} 由${reply.withdrawal.by}停用：${reply.withdrawal.reason}`}
        </Band>
      )}
      <Tabs
        label="内容"
        tabs={[
          { key: 'tree', label: '指标', count: definition.indicators.length },
          { key: 'rules', label: '规则和结论' },
          { key: 'facts', label: '所用数据', count: reply.facts.length },
          { key: 'versions', label: '版本', count: reply.revisions.length },
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
            >
              {(indicator) => <IndicatorView edition={definition} indicator={indicator} words={words} />}
            </IndicatorSplit>
          </div>
        )}
        {part === 'rules' && <RulesView edition={definition} words={words} />}
        {part === 'facts' && <FactList facts={reply.facts} />}
        {part === 'versions' && <RevisionList reply={reply} />}
      </Tabs>
      {part === 'tree' && <PrintedEdition edition={definition} words={words} />}
    </Page>
  );
}

function Acts({ reply }: { reply: Reply }) {
  const navigate = useNavigate();
  const { key, revision } = reply;
  const copying = useAct(copy, {
    done: '已复制为草稿',
    onDone: ({ id }) => void navigate({ to: '/frameworks/drafts/$draftId', params: { draftId: id }, search: {} }),
  });
  const withdrawing = useAct(withdraw, { done: '已停用' });
  async function askWithdraw() {
    const reason = await ask({
      title: `停用“${reply.title}”的这个版本？`,
      text: '此后不能再用它开展评估，也不能撤回停用；已按它评出的结果不变，仍可查阅和下载。',
      label: '停用原因',
      verb: '停用',
      danger: true,
      required: true,
      maxLength: 500,
    });
    if (reason !== null) await withdrawing.act({ params: { key }, body: { revision, reason } });
  }
  return (
    <>
      <Download route={download} input={{ params: { key }, query: { revision } }} kind="quiet">
        下载文件
      </Download>
      <Download route={exportWorkbook} input={{ params: { key }, query: { revision } }} kind="quiet">
        导出 Excel
      </Download>
      <Button kind="quiet" onClick={() => print()}>
        打印
      </Button>
      {reply.can.withdraw && (
        <Button kind="quiet" busy={withdrawing.busy} onClick={() => void askWithdraw()}>
          停用
        </Button>
      )}
      <ButtonLink to="/frameworks/comparison" search={{ first: key, firstRevision: revision }}>
        比较
      </ButtonLink>
      {reply.state === 'ready' && (
        <ButtonLink to="/frameworks/$key/trial" params={{ key }} search={{ revision }}>
          试算
        </ButtonLink>
      )}
      {reply.can.copy && (
        <Button kind="primary" busy={copying.busy} onClick={() => void copying.act({ body: { key, revision } })}>
          {reply.state === 'incomplete' ? '复制并补全' : '复制为本市样本'}
        </Button>
      )}
    </>
  );
}
