import { Link, useParams } from '@tanstack/react-router';
import * as balance from '#contract/balance/balance.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { standardSearch } from '../balance.search.ts';
import type { StandardReply } from '../balance.words.ts';
import { conditionText } from './condition.words.ts';
import style from './StandardPage.module.css';
import { StandardRevision } from './StandardRevision.tsx';

/** One revision of a standard, in words and formulas; a person with the right can revise the newest one. */
export default function StandardPage() {
  const { key } = useParams({ from: '/desk/balance/standards/$key' });
  const [search, setSearch] = useSearchState(standardSearch);
  const standard = useRead(balance.standard, { params: { key }, query: { revision: search.revision } });
  const data = standard.data;
  return (
    <Page
      title={data?.name ?? '均衡标准'}
      above={<Link to="/balance/standards">均衡标准</Link>}
      state={data && `${data.document} · ${editionText(data.edition)}${data.newest ? '（现行）' : ''}`}
      action={
        data?.newest &&
        data.can.revise &&
        !search.edit && (
          <Button kind="primary" onClick={() => setSearch({ edit: true })}>
            修订
          </Button>
        )
      }
    >
      <Loaded of={standard}>
        {(loaded) =>
          search.edit && loaded.newest && loaded.can.revise ? (
            <StandardRevision reply={loaded} onClose={() => setSearch({ edit: undefined })} />
          ) : (
            <Reading reply={loaded} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Reading({ reply }: { reply: StandardReply }) {
  const standard = reply.definition;
  const { document, compliance, compositeLimits, splitWeights } = standard;
  return (
    <>
      <Facts
        items={[
          ['文件', `${document.title}（${document.number}）`],
          ['印发', document.issued],
          ['施行', `${document.effectiveFrom} 起${document.effectiveTo ? `，至 ${document.effectiveTo}` : ''}`],
          ['说明', reply.note],
          ['存入', `${reply.createdBy}　${formatDateTime(reply.createdAt)}`],
          ['按此测算', `${reply.runs} 次`],
          compositeLimits && [
            '综合差异系数',
            compulsoryLevels.map((level) => `${schoolLevelNames[level]}不高于 ${compositeLimits[level]}`).join('，'),
          ],
          compliance && [
            '单所学校',
            `至少 ${compliance.minimumMet} 项达到标准值，其余不低于 ${compliance.minimumRatio * 100}%`,
          ],
          [
            '合设学校拆分',
            <>
              每名学生的权重：小学 {splitWeights.primary}，初中 {splitWeights.junior}，高中 {splitWeights.senior}
              {standard.splitSource && <span className={`caption ${style.source}`}>依据：{standard.splitSource}</span>}
            </>,
            'wide',
          ],
        ]}
      />
      <Section title="指标">
        <div className="scroller">
          <table className={style.indicators}>
            <caption className="visually-hidden">指标、公式、限值与标准值</caption>
            <thead>
              <tr>
                <th scope="col">指标</th>
                <th scope="col">公式</th>
                <th scope="col">差异系数限值</th>
                <th scope="col">学校标准值</th>
              </tr>
            </thead>
            <tbody>
              {standard.indicators.map((indicator) => (
                <tr key={indicator.key}>
                  <th scope="row">
                    {indicator.name}
                    <span className="caption">　{indicator.unit}</span>
                  </th>
                  <td>
                    <code>
                      ({indicator.numerator}){indicator.factor === 1 ? '' : ` × ${indicator.factor}`} ÷{' '}
                      {indicator.denominator}
                    </code>
                    {indicator.split && <span className="caption">　合设学校拆分</span>}
                  </td>
                  <td data-title="差异系数限值">{byLevel(indicator.limits)}</td>
                  <td data-title="学校标准值">{byLevel(indicator.thresholds)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <Exclusions exclusions={standard.exclusions} />
      <Section title="规定未明、按此处理">
        <ul className={style.assumptions}>
          {standard.assumptions.map(({ text }, index) => (
            <li key={text}>
              {reply.contradicted.includes(index) ? (
                <>
                  <s>{text}</s>
                  <span className="caption">　与不计入的条件相抵，测算中不再列出</span>
                </>
              ) : (
                text
              )}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** The sign of a footnote: ①, ②. A bare number would read as a part of the sentence. */
const footnote = (index: number) => String.fromCodePoint(0x2460 + index);

/**
 * The excluded schools and the reasons. Several conditions rest on one text, so each text stands once, below, with a
 * number.
 */
function Exclusions({ exclusions }: Pick<BalanceStandard, 'exclusions'>) {
  const sources = [...new Set(exclusions.flatMap(({ source }) => source ?? []))];
  return (
    <Section title="不计入的学校" note="依次判定，首个成立的条件为排除原因">
      <dl className={style.exclusions}>
        {exclusions.map(({ levels, when, reason, source }) => (
          <div key={`${levels.join()} ${when}`}>
            <dt>
              {reason}
              <span className="caption">
                {`　${levels.map((level) => schoolLevelNames[level]).join('、')}`}
                {source && `　依据${footnote(sources.indexOf(source))}`}
              </span>
            </dt>
            <dd>{conditionText(when) ?? <code>{when}</code>}</dd>
          </div>
        ))}
      </dl>
      {sources.length > 0 && (
        <ol className={`caption ${style.sources}`} aria-label="依据">
          {sources.map((source) => (
            <li key={source}>
              {footnote(sources.indexOf(source))} {source}
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function byLevel(values: BalanceStandard['indicators'][number]['limits']): string {
  if (!values) return '无';
  return compulsoryLevels.map((level) => `${schoolLevelNames[level]} ${values[level]}`).join('　');
}
