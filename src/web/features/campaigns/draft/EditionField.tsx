import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import type { Template } from '../campaign-reply.ts';

type Edition = Template['editions'][number];

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
      options={editions.map((one) => ({ value: nameOf(one), label: `${one.title}（第 ${one.revision} 版）` }))}
      onChange={onChange}
      help={
        meant?.authority === 'sample'
          ? '▲ 随产品提供的样本，不是官方文本；正式使用前请换成本市印发的指标体系'
          : meant && editionMark(meant)
      }
    />
  );
}

/** The name of an edition among the choices. */
export const nameOf = ({ key, revision }: Pick<Edition, 'key' | 'revision'>) => `${key} ${revision}`;
