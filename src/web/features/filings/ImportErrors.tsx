import type { z } from 'zod';
import { type importPreview, markedWorkbook } from '#contract/filings/import.ts';
import { formatNumber } from '#web/shared/format.ts';
import { Download } from '#web/shared/kit/Download.tsx';
import { Section } from '#web/shared/kit/Page.tsx';
import { useNarrow } from '#web/shared/useNarrow.ts';
import style from './FilingImport.module.css';

type Preview = z.output<typeof importPreview>;
type Group = Preview['groups'][number];

const mostErrors = 100;

/** What is wrong, by cause: where, what stands there, which rule, what is allowed. */
export function ImportErrors({ preview }: { preview: Preview }) {
  const { groups, hard, soft } = preview;
  if (groups.length === 0) {
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
        soft > 0 && `${formatNumber(soft)} 处疑点可以写入，提交前须说明`,
      ]
        .filter(Boolean)
        .join('，')}
      action={
        <Download route={markedWorkbook} input={{ params: { importId: preview.importId } }}>
          下载标注后的表格
        </Download>
      }
    >
      {ordered.map((group) => (
        <ErrorGroup key={group.cause} group={group} />
      ))}
    </Section>
  );
}

function ErrorGroup({ group }: { group: Group }) {
  const narrow = useNarrow();
  const shown = group.errors.slice(0, mostErrors);
  return (
    <details className={style.group} open={group.weight === 'hard' || group.errors.length <= 5}>
      <summary>
        <span data-tone={group.weight === 'hard' ? 'fails' : 'look'} aria-hidden="true">
          {group.weight === 'hard' ? '✕' : '▲'}
        </span>{' '}
        {group.title}{' '}
        <span className="caption">
          {group.weight === 'hard' ? '错误' : '疑点'} {formatNumber(group.errors.length)} 处
        </span>
      </summary>
      {narrow ? <ErrorList errors={shown} /> : <ErrorTable errors={shown} title={group.title} />}
      {group.errors.length > shown.length && (
        <p className="caption">
          这里列出前 {mostErrors} 处，标注后的表格里有全部 {formatNumber(group.errors.length)} 处。
        </p>
      )}
    </details>
  );
}

function ErrorTable({ errors, title }: { errors: Group['errors']; title: string }) {
  return (
    <table>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">位置</th>
          <th scope="col">学校</th>
          <th scope="col">数据项</th>
          <th scope="col">单元格内容</th>
          <th scope="col">规则</th>
          <th scope="col">允许的值</th>
        </tr>
      </thead>
      <tbody>
        {errors.map((error) => (
          <tr key={`${error.sheet}!${error.cell} ${error.rule}`}>
            <td className="tabular">
              {error.sheet}!{error.cell}
            </td>
            <td>{error.schoolName}</td>
            <td>{error.field ?? '—'}</td>
            <td>
              <strong>{error.value === '' ? '（空）' : error.value}</strong>
            </td>
            <td>{error.rule}</td>
            <td>{error.allowed ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ErrorList({ errors }: { errors: Group['errors'] }) {
  return (
    <ul className={style.errorList}>
      {errors.map((error) => (
        <li key={`${error.sheet}!${error.cell} ${error.rule}`}>
          <p>
            <strong>{error.value === '' ? '（空）' : error.value}</strong>　{error.rule}
          </p>
          <p className="caption">
            {error.sheet}!{error.cell} · {error.schoolName} {error.field}
            {error.allowed && ` · 应为${error.allowed}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
