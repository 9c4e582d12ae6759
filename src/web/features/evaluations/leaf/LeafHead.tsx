import type { ReactNode } from 'react';
import { mustWords } from '#domain/framework/method.words.ts';
import { figureText } from '#web/shared/framework/indicator.words.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import type { Leaf } from '../evaluation-reply.ts';
import style from './Leaf.module.css';

/** The name of the open leaf, where it stands in the tree, and its points. */
export function LeafHead({ leaf, children }: { leaf: Leaf; children: ReactNode }) {
  const { code, title, max, path, indicator } = leaf;
  return (
    <Section
      title={`${code}　${title ?? '名称未见'}`}
      note={
        <span className={style.max}>
          {max === null ? '不计分' : `${figureText(max)} 分`}
          {indicator.must && <span className={style.must}>{mustWords(indicator.must)}</span>}
        </span>
      }
    >
      {path.length > 0 && <p className="caption">{path.slice(-2).join(' › ')}</p>}
      {children}
    </Section>
  );
}
