import type { ConclusionTable, Edition, Rule } from '#domain/framework/edition.ts';
import { replacedWords, rollUpWords } from '#domain/framework/method.words.ts';
import { pointsText } from '#web/shared/framework/indicator.words.ts';
import { Facts, Section } from '#web/shared/kit/layout/Page.tsx';
import { notApplicableWords, raterWords } from '../framework.words.ts';
import style from './RulesView.module.css';

interface RulesViewProps {
  edition: Edition;
  words: Readonly<Record<string, string>>;
}

/** The rules and conclusions of an edition as decision tables in words. */
export function RulesView({ edition, words }: RulesViewProps) {
  const said = (when: string) => words[when] ?? when;
  return (
    <>
      <Section title="总分">
        <Facts
          items={[
            ['满分', edition.max === null ? '未见' : pointsText(edition.max)],
            ['合成', rollUpWords(edition.rollUp)],
            ['不适用', notApplicableWords[edition.notApplicable]],
            edition.bonus && [
              '加分',
              `${edition.bonus.cap === null ? '上限未见' : `最多 ${edition.bonus.cap} 分`}，${edition.bonus.beyondMax ? '可以超过满分' : '合计不超过满分'}`,
            ],
            edition.raters && [
              '评分方占比',
              Object.entries(edition.raters)
                .map(([name, share]) => `${raterWords[name] ?? name} ${share}`)
                .join('，'),
              'wide',
            ],
            edition.note !== undefined && ['说明', edition.note, 'wide'],
          ]}
        />
      </Section>
      {(edition.preconditions ?? []).length > 0 && (
        <RuleTable
          title="前提"
          heads={['前提', '条件', '不成立时']}
          rows={edition.preconditions!.map(({ text, when, otherwise }) => [text, said(when), otherwise])}
        />
      )}
      <Rules title="否决" note="任一条成立即否决" rules={edition.vetoes} said={said} />
      <Rules title="限优" note="任一条成立，不能评为最高等次" rules={edition.caps} said={said} />
      <Rules title="降档" note="任一条成立，等次降一档" rules={edition.downgrades} said={said} />
      {edition.conclusions.map((table) => (
        <Conclusions key={table.name} table={table} said={said} />
      ))}
      {(edition.actions ?? []).length > 0 && (
        <RuleTable
          title="处理"
          heads={['条件', '处理']}
          rows={edition.actions!.map(({ when, does }) => [said(when), does])}
        />
      )}
      {(edition.relaxations ?? []).length > 0 && (
        <RuleTable
          title="有期限的放宽"
          heads={['指标', '条件', '放宽为', '依据', '期限', '后续']}
          rows={edition.relaxations!.map(({ codes, when, replace, basis, until, duty }) => [
            codes.join('、'),
            when ?? '无条件',
            replacedWords(replace, words),
            basis,
            until ?? '未定，写明以前不放宽',
            duty,
          ])}
        />
      )}
      {edition.gaps.length > 0 && (
        <RuleTable
          title="未见的内容"
          heads={['内容', '所属', '分值', '说明']}
          rows={edition.gaps.map(({ title, under, points, note }) => [
            title,
            under ?? '整个体系',
            points === null ? '未见' : `${points} 分`,
            note,
          ])}
        />
      )}
    </>
  );
}

function Rules({
  title,
  note,
  rules,
  said,
}: {
  title: string;
  note: string;
  rules: readonly Rule[];
  said: (when: string) => string;
}) {
  if (rules.length === 0) return null;
  return (
    <RuleTable
      title={title}
      note={note}
      heads={['情形', '条件', '回看']}
      rows={rules.map(({ text, when, lookBackYears, basis }) => [
        basis ? `${text}（${basis}）` : text,
        said(when),
        lookBackYears > 1 ? `近 ${lookBackYears} 年` : '当年',
      ])}
    />
  );
}

function Conclusions({ table, said }: { table: ConclusionTable; said: (when: string) => string }) {
  const { quota } = table;
  return (
    <RuleTable
      title={`结论：${table.name}`}
      note={`自上而下，首个全部成立的为准${quota ? `；“${quota.grade}”${quotaText(quota)}` : ''}`}
      heads={['条件（须全部成立）', '结论']}
      rows={table.rows.map(({ when, then }) => [when.length === 0 ? '其余' : when.map(said).join('；'), then])}
    />
  );
}

/** `不超过 30%，最多 6 个`. */
export function quotaText({ limit, places }: NonNullable<ConclusionTable['quota']>): string {
  const parts = [
    ...(limit === null ? [] : [`不超过 ${Number((limit * 100).toPrecision(12))}%`]),
    ...(places === undefined ? [] : [`最多 ${places} 个`]),
  ];
  return parts.length === 0 ? '名额未定' : parts.join('，');
}

function RuleTable({
  title,
  note,
  heads,
  rows,
}: {
  title: string;
  note?: string;
  heads: readonly string[];
  rows: ReadonlyArray<readonly string[]>;
}) {
  return (
    <Section title={title} {...(note === undefined ? {} : { note })}>
      <table className={style.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
