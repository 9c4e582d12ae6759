import { Link, useParams } from '@tanstack/react-router';
import { newestComments } from '#contract/filings/filings.shape.ts';
import * as filings from '#contract/filings/filings.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { onlyNewest } from '#web/shared/words/newest.ts';
import { filingHistorySearch } from '../filing.search.ts';
import { stateMark } from '../filing.words.ts';
import type { FilingDetail } from '../filing-drafts.ts';
import { CellComments } from '../fill/field/CellComments.tsx';
import { CellHistory } from '../fill/field/CellHistory.tsx';
import { inFormOrder } from '../form-order.ts';
import style from './FilingHistory.module.css';
import { FilingTimeline } from './FilingTimeline.tsx';

/** The history of a filing: its timeline, its comments to deal with, and the history of any cell. */
export default function FilingHistory() {
  const { filingId } = useParams({ from: '/desk/filings/$filingId/history' });
  const filing = useRead(filings.read, { params: { filingId } });
  return (
    <LoadedPage of={filing} title="填报经过" above={<Link to="/filings">数据填报</Link>}>
      {(detail) => <History detail={detail} />}
    </LoadedPage>
  );
}

function History({ detail }: { detail: FilingDetail }) {
  const [search, setSearch] = useSearchState(filingHistorySearch);
  const field = detail.fields.find((each) => each.key === search.field);
  const said = inFormOrder(
    detail.comments.map((comment) => comment.field),
    detail.fields,
  );
  return (
    <Page
      title={`${detail.school.name} · 经过`}
      source={`${detail.school.name} ${detail.period.name} 填报经过`}
      above={
        <Link to="/filings/$filingId" params={{ filingId: detail.id }}>
          返回填报表
        </Link>
      }
      state={<StateMark state={stateMark(detail)} />}
    >
      <Facts
        items={[
          ['填报周期', detail.period.name],
          ['期限', `${detail.deadline.day}${detail.deadline.extended ? '（已延期）' : ''}`],
          ['最近提交', detail.submittedAt ? formatDateTime(detail.submittedAt) : '尚未提交'],
          ['批准', detail.approvedAt ? formatDateTime(detail.approvedAt) : '—'],
          ['市级接收', detail.acceptedAt ? formatDateTime(detail.acceptedAt) : '—'],
        ]}
      />
      {detail.contentHash !== null && (
        <p className={`caption ${style.hash}`}>
          提交内容校验码 <code>{detail.contentHash}</code>
        </p>
      )}
      <FilingTimeline
        filingId={detail.id}
        fields={detail.fields}
        kind={search.kind}
        onKind={(kind) => setSearch({ kind }, { replace: true })}
      />
      {said.length > 0 && (
        <Section
          title="批注"
          note={onlyNewest(detail.comments, newestComments, '未处理的都在其中；更早的见上面的经过')}
        >
          {said.map((key) => {
            const about = detail.fields.find((each) => each.key === key);
            return (
              about && (
                <div key={key} className={style.said}>
                  <h3>{key}</h3>
                  <CellComments
                    filingId={detail.id}
                    field={about.key}
                    comments={detail.comments}
                    may={detail.can.comment ?? false}
                  />
                </div>
              )
            );
          })}
        </Section>
      )}
      <Section title="数据项的修改历史">
        <div className={style.choose}>
          <FilterSelect
            label="数据项"
            value={search.field}
            all="请选择"
            options={detail.fields
              .filter((each) => each.derived === undefined && each.directory === undefined)
              .map((each) => ({ value: each.key, label: each.key }))}
            onChange={(value) => setSearch({ field: value }, { replace: true })}
          />
        </div>
        {field ? (
          <CellHistory filingId={detail.id} field={field} />
        ) : (
          <p className="caption">选择一个数据项，查看何时、何人、由何值改为何值。</p>
        )}
      </Section>
    </Page>
  );
}
