import type { ReactNode } from 'react';
import type { ImportFinding, ImportFindingGroup, ImportPreview } from '#contract/kit/imports.shape.ts';
import { Section } from '../kit/layout/Page.tsx';
import { useNarrow } from '../page/useNarrow.ts';
import { formatNumber } from '../words/format.ts';
import style from './ImportFindings.module.css';
import type { ImportView } from './import-view.ts';

const mostShown = 100;

interface FindingsProps {
  preview: Pick<ImportPreview, 'groups' | 'hard' | 'soft'>;
  view: Pick<ImportView, 'words' | 'softNote'>;
  /** A link to the same table with its findings marked. */
  marked: ReactNode;
}

/** The findings, by cause: where, the value there, the rule, the allowed values. */
export function ImportFindings({ preview: { groups, hard, soft }, view: { words, softNote }, marked }: FindingsProps) {
  if (hard + soft === 0) {
    return (
      <Section title="3　错误与疑点">
        <p>✓ 没有发现错误。</p>
      </Section>
    );
  }
  const ordered = [...groups].sort((left, right) => Number(left.weight === 'soft') - Number(right.weight === 'soft'));
  return (
    <Section
      title="3　错误与疑点"
      note={[
        hard > 0 && `${formatNumber(hard)} 处错误须改正`,
        soft > 0 && `${formatNumber(soft)} 处疑点${softNote ?? ''}`,
      ]
        .filter(Boolean)
        .join('，')}
      action={marked}
    >
      {ordered.map((group) => (
        <Group key={group.cause} group={group} words={words} />
      ))}
    </Section>
  );
}

interface GroupProps {
  group: ImportFindingGroup;
  words: ImportView['words'];
}

function Group({ group, words }: GroupProps) {
  const narrow = useNarrow();
  const shown = group.findings.slice(0, mostShown);
  const { total } = group;
  const hard = group.weight === 'hard';
  return (
    <details className={style.group} open={hard || total <= 5}>
      <summary>
        <span data-tone={hard ? 'fails' : 'look'} aria-hidden="true">
          {hard ? '✕' : '▲'}
        </span>{' '}
        {group.title}{' '}
        <span className="caption">
          {hard ? '错误' : '疑点'} {formatNumber(total)} 处
        </span>
      </summary>
      {narrow ? <FindingList findings={shown} /> : <FindingTable findings={shown} title={group.title} words={words} />}
      {total > shown.length && (
        <p className="caption">
          这里列出前 {formatNumber(shown.length)} 处，标注后的表格里有全部 {formatNumber(total)} 处。
        </p>
      )}
    </details>
  );
}

interface FindingTableProps {
  findings: readonly ImportFinding[];
  title: string;
  words: ImportView['words'];
}

/** A column in which no finding has a text is not drawn. */
function FindingTable({ findings, title, words }: FindingTableProps) {
  const has = (key: 'subject' | 'part' | 'value' | 'allowed') => findings.some((finding) => Boolean(finding[key]));
  const values = findings.some((finding) => finding.value !== null);
  return (
    <table className={style.table}>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col" className={style.place}>
            位置
          </th>
          {has('subject') && (
            <th scope="col" className={style.subject}>
              {words.subject}
            </th>
          )}
          {has('part') && (
            <th scope="col" className={style.part}>
              {words.part}
            </th>
          )}
          {values && (
            <th scope="col" className={style.value}>
              单元格内容
            </th>
          )}
          <th scope="col">规则</th>
          {has('allowed') && (
            <th scope="col" className={style.allowed}>
              允许的值
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => (
          <tr key={keyOf(finding)}>
            <td className="tabular">{finding.place}</td>
            {has('subject') && <td>{finding.subject || '—'}</td>}
            {has('part') && <td>{finding.part || '—'}</td>}
            {values && <td>{finding.value !== null && <strong>{finding.value || '（空）'}</strong>}</td>}
            <td>{finding.rule}</td>
            {has('allowed') && <td>{finding.allowed || '—'}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FindingList({ findings }: { findings: readonly ImportFinding[] }) {
  return (
    <ul className={style.list}>
      {findings.map((finding) => (
        <li key={keyOf(finding)}>
          <p>
            {finding.value !== null && <strong>{finding.value || '（空）'}　</strong>}
            {finding.rule}
          </p>
          <p className="caption">
            {[
              finding.place,
              `${finding.subject} ${finding.part}`.trim(),
              finding.allowed && `允许的值：${finding.allowed}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}

const keyOf = (finding: ImportFinding) => `${finding.place} ${finding.part} ${finding.rule}`;
