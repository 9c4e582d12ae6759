import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import type { Campaign, Template } from '../campaign-reply.ts';

/** What can be chosen anew, and what a draft has already. */
type Edition = Template['editions'][number] | Campaign['edition'];

interface EditionFieldProps {
  editions: readonly Edition[];
  /** Of the chosen one (`nameOf`); null while none is. */
  value: string | null;
  onChange: (name: string) => void;
}

/** The edition by which a campaign judges. */
export function EditionField({ editions, value, onChange }: EditionFieldProps) {
  const meant = editions.find((one) => nameOf(one) === value);
  return (
    <SelectField
      label="指标体系"
      value={value}
      options={editions.map((one) => ({ value: nameOf(one), label: labelOf(one) }))}
      onChange={onChange}
      help={meant && helpOf(meant)}
    />
  );
}

/** The name of an edition among the choices. */
export const nameOf = ({ key, revision }: Pick<Edition, 'key' | 'revision'>) => `${key} ${revision}`;

function labelOf(edition: Edition): string {
  const open = openOf(edition);
  return `${edition.title}（第 ${edition.revision} 版${open > 0 ? `，待补全 ${open} 处` : ''}）`;
}

/** What the edition is. Only a sample that nobody of the city has completed is to be exchanged for another. */
function helpOf(edition: Edition): string {
  const said =
    edition.authority === 'sample' && edition.completedBy === null
      ? '▲ 随产品提供的样本，不是官方文本；正式使用前请换成本市印发的指标体系'
      : editionMark(edition);
  const open = openOf(edition);
  return open > 0 ? `${said}。有 ${open} 处待补全，补全并发布以前不能开启评估` : said;
}

const openOf = (edition: Edition) => ('open' in edition ? edition.open : 0);
